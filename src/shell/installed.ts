import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The versions of packages as they lie on the disk, where Node would find them from this folder. */
export function readInstalled(root: string, names: Iterable<string>): Map<string, string> {
  return new Map(
    [...names].flatMap((name) => {
      const version = versionOf(root, name)

      return version === null ? [] : [[name, version]]
    }),
  )
}

function versionOf(folder: string, name: string): string | null {
  try {
    const text = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')
    const { version } = JSON.parse(text) as { version?: unknown }

    return typeof version === 'string' ? version : null
  } catch {
    const above = dirname(folder)

    return above === folder ? null : versionOf(above, name)
  }
}

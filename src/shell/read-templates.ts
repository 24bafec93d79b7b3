/** Reads the files that this package brings along. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Every file of a folder by its path in it, with forward slashes, in the same order everywhere. */
export function readTemplates(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

  return new Map(paths.map((path) => [toTemplatePath(folder, path), readFileSync(path, 'utf8')]))
}

function toTemplatePath(folder: string, path: string): string {
  return path.slice(join(folder, '/').length).split(sep).join('/')
}

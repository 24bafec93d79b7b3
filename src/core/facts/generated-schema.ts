import type { Manifest } from './manifest.js'
import { baseName } from './paths.js'
import type { Sources } from './sources.js'

/** The script of package.json that writes the schema, null for one that people write. */
export function writerOfSchema(
  { project }: Sources,
  manifest: Manifest,
  schemaFile: string,
): string | null {
  // A generator of anything else may edit the schema as well, as this one does.
  const commands = [...manifest.scripts]
    .filter(([name, command]) => /prisma|schema/i.test(name + command))
    .map(([, command]) => command)
    .join('\n')
  const scripts = commands.match(/[\w@./-]+\.(?:[cm]?[jt]s|sh)\b/g) ?? []
  const writer = scripts
    .map((path) => path.replace(/^\.\//, ''))
    .find((path) => writes(project.get(path) ?? '', baseName(schemaFile)))

  return writer ?? null
}

function writes(script: string, name: string): boolean {
  return script.includes(name) && /\bwriteFile(?:Sync)?\s*\(|>\s*\S*\.prisma\b/.test(script)
}

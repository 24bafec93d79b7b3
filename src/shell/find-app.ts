import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appFolder } from '../core/facts/app-folders.js'
import { readForeignManifest } from '../core/facts/manifest.js'
import { FOLDER } from '../core/record/record.js'
import { readProject } from './read-project.js'

/** The app's own folder, when somebody is at the top of the repository that it is in. */
export async function findApp(
  folder: string,
  stderr: { write(text: string): void },
): Promise<string> {
  if (existsSync(join(folder, FOLDER)) || isPlainApp(folder)) return folder
  const { project } = await readProject(folder)
  const inside = appFolder(project)
  if (inside === null) return folder
  stderr.write(`The Fastify app of this repository is in ${inside}.\n`)

  return join(folder, inside)
}

/** Most are: then nothing else has to be read to know. */
function isPlainApp(folder: string): boolean {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return false
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8')
    const { ranges, entries } = readForeignManifest(text)

    return ranges.has('fastify') && !('workspaces' in entries)
  } catch {
    return false
  }
}

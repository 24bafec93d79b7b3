import { casings } from '../names/names.js'
import type { Project } from '../project.js'
import { PRUNE_SCRIPT } from '../render/own-client.js'
import type { Generated, Rendering } from '../render/render-system.js'
import { commandFor } from './run-file.js'

/**
 * The script of package.json that deletes what has expired: `auth:prune`, and of a further auth
 * system `auth:prune:admins`. None where nothing shows how the app runs a file.
 */
export function pruneScript(
  { beside, names }: Pick<Rendering, 'beside' | 'names'>,
  generated: readonly Generated[],
  project: Project,
): Record<string, string> {
  const file = generated.find(({ template }) => template === PRUNE_SCRIPT)
  const command = file === undefined ? null : commandFor(file.path, project)
  if (command === null) return {}

  return { [beside === null ? 'auth:prune' : `auth:prune:${casings(names).plural.kebab}`]: command }
}

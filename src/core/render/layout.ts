import { posix } from 'node:path'
import type { Facts } from '../facts/facts.js'
import type { Names } from '../names/names.js'
import { withExtensionOf } from './language.js'
import { renamePath } from './rename.js'

/** Where each template goes in an app, by the template's own path, which is also its id. */
export type Layout = ReadonlyMap<string, string>

type Placing = {
  facts: Facts
  names: Names
  /** Where earlier runs put files: they stay there, whatever a new version would choose. */
  recorded: ReadonlyMap<string, string>
  /** Templates whose usual place belongs to another auth system of the app. */
  crowded: ReadonlySet<string>
}

export function layOut(templates: Iterable<string>, placing: Placing): Layout {
  return new Map([...templates].map((template) => [template, place(template, placing)]))
}

function place(template: string, { facts, names, recorded, crowded }: Placing): string {
  const earlier = recorded.get(template)
  if (earlier !== undefined) return earlier

  const placed = placeInApp(renamePath(template, names), facts)
  const path = withExtensionOf(facts, withSuffixOf(facts, placed))
  if (!crowded.has(template)) return path

  return posix.join(posix.dirname(path), names.plural.replaceAll('_', '-'), posix.basename(path))
}

/** The same place, in the folders that this app has. */
export function placeInApp(path: string, facts: Facts): string {
  const folders = facts.fastify.shape === 'autoload' ? autoloadFolders(facts) : []
  for (const [from, to] of [...folders, ...plainFolders(facts)]) {
    if (path.startsWith(from)) return posix.join(to, path.slice(from.length))
  }

  return path
}

function withSuffixOf({ tests }: Facts, path: string): string {
  return path.replace(/\.test\.ts$/, () => `.${tests.suffix}.ts`)
}

function plainFolders(facts: Facts): [string, string][] {
  return [
    ['src/', facts.source],
    ['test/', facts.tests.folder],
  ]
}

/**
 * An autoloaded folder registers whatever lies in it, so only the file that mounts ours goes
 * there. Everything it mounts lies beside it, out of reach.
 */
function autoloadFolders({ source, fastify }: Facts): [string, string][] {
  const mounts = fastify.autoload.plugins ?? posix.join(source, 'plugins')

  return [
    ['src/autoload/', mounts],
    ['src/plugins/', posix.join(source, 'auth')],
    ['src/routes/', posix.join(source, 'auth', 'routes')],
  ]
}

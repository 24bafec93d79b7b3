import { posix } from 'node:path'
import type { Names } from '../names/names.js'
import { withoutConditions } from '../plan/vouched.js'
import type { Project } from '../project.js'
import { FOLDER } from '../record/record.js'
import { isFragment } from '../render/fragments.js'
import { rename, renamePath } from '../render/rename.js'
import type { Templates } from '../render/render-system.js'
import { similarity } from './similarity.js'

/** Files of an app that came of our templates: by their names, wherever they lie, and their words. */
export function findFiles(
  project: Project,
  releases: readonly [Templates, ...Templates[]],
  names: Names,
): { template: string; path: string }[] {
  const byName = new Map<string, string[]>()
  for (const path of project.keys()) {
    if (path.startsWith(`${FOLDER}/`)) continue
    byName.set(nameOf(path), [...(byName.get(nameOf(path)) ?? []), path])
  }
  const taken = new Set<string>()

  return [...releases[0].keys()].flatMap((template) => {
    if (isFragment(template)) return []
    const texts = new Set(releases.map((templates) => templates.get(template) ?? ''))
    const wanted = [...texts].map((text) => rename(withoutConditions(text), names, template))
    const candidates = byName.get(nameOf(renamePath(template, names))) ?? []
    const path = nearest(wanted, candidates, project)
    if (path === null || taken.has(path)) return []
    taken.add(path)

    return [{ template, path }]
  })
}

/** The same for TypeScript and what it was compiled or stripped to. */
function nameOf(path: string): string {
  return posix.basename(path).replace(/\.[cm]?[jt]s$/, '')
}

/** A file of the same name may be somebody else's: half of its words have to be ours. */
const LEAST = 0.5

/** Compared with what each version wrote: a file may be of long ago. */
function nearest(
  wanted: readonly string[],
  paths: readonly string[],
  project: Project,
): string | null {
  const ranked = paths
    .map((path) => ({
      path,
      likeness: Math.max(...wanted.map((text) => similarity(text, project.get(path) ?? ''))),
    }))
    .filter(({ likeness }) => likeness >= LEAST)
    .sort((one, other) => other.likeness - one.likeness)

  return ranked[0]?.path ?? null
}

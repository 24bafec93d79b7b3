import type { Project } from '../project.js'
import { renamePath } from '../render/rename.js'
import type { Generated, Rendering, Templates } from '../render/render-system.js'
import { isVouchedFor } from './vouched.js'

const OTHER_NAMES = { context: 'Other', model: 'Other', plural: 'others' }

/**
 * The templates of code for which a file of the app's own stands where ours would go, each with
 * that file, or with one that an import without an extension may mean as well: `session.js` and
 * `session/index.ts` beside `session.ts`. Not where the path is the name that somebody asked for, as
 * in `src/accounts.ts`: that one is refused. None where ours lie about that no record knows: moved,
 * they would be there twice.
 */
export function placesTaken(
  { project, names, recorded }: Rendering,
  generated: readonly Generated[],
  templates: Templates,
): ReadonlyMap<string, string> {
  const known = { templates: [templates], names }
  const find = finderIn(project)
  const standing = generated
    .filter(({ template }) => template.endsWith('.ts') && !recorded.has(template))
    .map(({ template, path }) => ({ template, found: find(path) }))
  const isOurs = standing.some(({ template, found }) =>
    found.some((path) => isVouchedFor(project.get(path) ?? '', template, known)),
  )
  if (isOurs) return new Map()

  return new Map(
    standing.flatMap(({ template, found: [path] }) =>
      path === undefined || isAskedFor(template) ? [] : [[template, path] as const],
    ),
  )
}

function isAskedFor(template: string): boolean {
  return renamePath(template, OTHER_NAMES) !== template
}

/** The path where none of the app's own stands there; else the next one of those given. */
export function freeOf(project: Project, paths: readonly [string, ...string[]]): string {
  const find = finderIn(project)

  return paths.find((path) => find(path).length === 0) ?? paths[0]
}

const ENDINGS = ['ts', 'js'].flatMap((language) =>
  ['', 'm', 'c'].flatMap((kind) => [`.${kind}${language}`, `/index.${kind}${language}`]),
)

/** Some disks take `Session.ts` and `session.ts` for one file. */
function finderIn(project: Project): (path: string) => string[] {
  const paths = new Map([...project.keys()].map((path) => [path.toLowerCase(), path]))

  return (path) => {
    const module = path.replace(/\.[cm]?[jt]s$/, '').toLowerCase()

    return ENDINGS.flatMap((ending) => paths.get(module + ending) ?? [])
  }
}

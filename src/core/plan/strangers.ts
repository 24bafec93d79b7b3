import type { Project } from '../project.js'
import type { Generated, Rendering, Templates } from '../render/render-system.js'
import { isVouchedFor } from './vouched.js'

/**
 * The templates of code for which a file of the app's own stands where ours would go, or one that
 * an import without an extension may mean as well: `session.js` and `session/index.ts` beside
 * `session.ts`. None where ours lie about that no record knows: moved, they would be there twice.
 */
export function placesTaken(
  { project, names, recorded }: Rendering,
  generated: readonly Generated[],
  templates: Templates,
): ReadonlySet<string> {
  const known = { templates: [templates], names }
  const standing = generated
    .filter(({ template }) => template.endsWith('.ts') && !recorded.has(template))
    .map(({ template, path }) => ({ template, texts: textsAt(project, path) }))
    .filter(({ texts }) => texts.length > 0)
  const isOurs = standing.some(({ template, texts }) =>
    texts.some((text) => isVouchedFor(text, template, known)),
  )

  return new Set(isOurs ? [] : standing.map(({ template }) => template))
}

/** The path where none of the app's own stands there; else the next one of those given. */
export function freeOf(project: Project, paths: readonly [string, ...string[]]): string {
  return paths.find((path) => textsAt(project, path).length === 0) ?? paths[0]
}

const ENDINGS = ['ts', 'js'].flatMap((language) =>
  ['', 'm', 'c'].flatMap((kind) => [`.${kind}${language}`, `/index.${kind}${language}`]),
)

function textsAt(project: Project, path: string): string[] {
  const module = path.replace(/\.[cm]?[jt]s$/, '')

  return ENDINGS.flatMap((ending) => project.get(module + ending) ?? [])
}

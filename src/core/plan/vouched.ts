import { similarity } from '../adopt/similarity.js'
import type { Names } from '../names/names.js'
import { isFragment } from '../render/fragments.js'
import { rename } from '../render/rename.js'
import type { Templates } from '../render/render-system.js'

/** What this command ever wrote: the templates of this version, and of those before it. */
export type KnownTemplates = { templates: readonly Templates[]; names: Names }

/**
 * Whether a text may be of a template. Whoever can write the record can say that we wrote a file of
 * the app, with its hash and a copy of it: nothing is removed or replaced on that word alone.
 */
export function isVouchedFor(
  text: string,
  template: string,
  { templates, names }: KnownTemplates,
): boolean {
  if (isFragment(template)) return false
  const texts = new Set(templates.map((known) => known.get(template) ?? ''))

  return [...texts].some((known) => isLike(text, rename(withoutConditions(known), names, template)))
}

/** Half of the words of our least alike versions are the same; of a stranger's file, a third. */
export function isLike(text: string, known: string): boolean {
  return known !== '' && similarity(text, known) >= LEAST
}

const LEAST = 0.4

export function withoutConditions(text: string): string {
  return text.replace(/^[ \t]*(?:\/\/|#|\/\*|<!--)%.*\n/gm, '')
}

import { containment, similarity } from '../adopt/similarity.js'
import type { Names } from '../names/names.js'
import { isFragment } from '../render/fragments.js'
import { rename } from '../render/rename.js'
import type { Templates } from '../render/render-system.js'
import { NEW_USER_FILES } from '../user-model/new-user.js'

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
  const printed = PRINTED.get(template)
  if (printed !== undefined) return printed.test(text)
  const texts = new Set(templates.map((known) => known.get(template) ?? ''))

  return [...texts].some((known) => isLike(text, rename(withoutConditions(known), names, template)))
}

/** The template of the file that registers the root plugin where plugins load themselves. */
export const MOUNT_FILE = 'src/autoload/users.ts'

/** What is printed for one app alone, and what it says in each. */
const PRINTED: ReadonlyMap<string, RegExp> = new Map([
  [MOUNT_FILE, /Brings in the log-in, which lies outside the folders that load themselves/],
  [NEW_USER_FILES.fields, /What an? .+ of this app needs besides an email and a password/],
  [NEW_USER_FILES.fixture, /What an? .+ of this app needs besides an email and a password/],
  [
    NEW_USER_FILES.inputs,
    /include\(['"]field['"], \{|<(?:div class="field|label class="checkbox)">/,
  ],
])

/**
 * Half of the words of our least alike versions are the same; of a stranger's file, a third. Where
 * an app gets few lines of a long template, nearly all of them are in it; of a stranger's, half.
 */
export function isLike(text: string, known: string): boolean {
  if (known === '') return false

  return similarity(text, known) >= LEAST || containment(text, known) >= NEARLY_ALL
}

const LEAST = 0.4
const NEARLY_ALL = 0.9

export function withoutConditions(text: string): string {
  return text.replace(/^[ \t]*(?:\/\/|#|\/\*|<!--)%.*\n/gm, '')
}

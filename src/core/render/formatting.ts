/**
 * Generated code comes out in the style of the app: its own formatter sees every text before it
 * is compared, merged or written. Running one is the shell's business, so a plan only says which
 * texts it should see, and is made again with the answers.
 */

import type { Facts } from '../facts/facts.js'
import { restyle } from './restyle.js'

/** A text in our style; the path tells the formatter its language and the rules for it. */
export type Draft = { path: string; text: string }

/** What the formatter answered. A draft that it left alone, or could not read, is missing. */
export type Formatted = ReadonlyMap<string, string>

export const NOT_FORMATTED: Formatted = new Map()

export function formattedFrom(
  answers: Iterable<readonly [draft: Draft, text: string]>,
): Map<string, string> {
  return new Map([...answers].map(([draft, text]) => [keyOf(draft), text]))
}

/** The text in the app's style: as its formatter has it, else as its own files show it. */
export function inStyle(draft: Draft, formatted: Formatted, style: Facts['style']): string {
  return formatted.get(keyOf(draft)) ?? restyle(draft.path, draft.text, style)
}

/** Formatters know the languages that more than one tool reads; pages are written by hand. */
export function isFormattable(path: string): boolean {
  return /\.(?:[cm]?[jt]s|css|json)$/.test(path)
}

function keyOf({ path, text }: Draft): string {
  return `${path}\0${text}`
}

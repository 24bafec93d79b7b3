import { descend, namesIn } from '../edits/syntax-tree.js'
import { rememberFor } from '../remember.js'
import type { Document } from './document.js'
import { editsBetween } from './edits.js'
import { declaredIn, importedFrom, isInScope } from './guard.js'
import { keysOf } from './tokens.js'
import { each, type Three, type Versions } from './versions.js'

/** The new name by the old one. */
export type Renames = ReadonlyMap<string, string>

/**
 * The base and the new version with the names that the owner gave: what the new version adds
 * then calls a function as its owner does. `null` where the owner renamed nothing.
 */
export function withOwnersNames(documents: Three<Document>): Versions | null {
  return renamed(documents, 'ours', 'theirs')
}

/** The base and the owner's file with the names of the new version. */
export function withNewNames(documents: Three<Document>): Versions | null {
  return renamed(documents, 'theirs', 'ours')
}

type Side = 'ours' | 'theirs'

function renamed(documents: Three<Document>, by: Side, other: Side): Versions | null {
  const renames = renamesBetween(documents.base, documents[by], documents[other])
  if (renames.size === 0) return null

  return {
    ...each(documents, ({ text }) => text),
    base: rename(documents.base, renames),
    [other]: rename(documents[other], renames),
  }
}

/** Those of the new names that mean the same for the other side. */
function renamesBetween(base: Document, side: Document, other: Document): Renames {
  const there = wordsIn(other)

  return new Map(
    [...newNamesIn(side, base)].filter(
      ([from, to]) =>
        // A name that both changed is a question.
        there.has(from) &&
        !there.has(to) &&
        // What another file declares has its name from there.
        (!isFromElsewhere(from, other) || isFromElsewhere(from, base)),
    ),
  )
}

/** Names that a side declares in place of others: the old one is gone, the new one is new. */
export function newNamesIn(side: Document, base: Document): Renames {
  const [before, after] = [declaredIn(base), declaredIn(side)]
  const [gone, here] = [wordsIn(base), wordsIn(side)]
  const found = new Map<string, string>()
  const unclear = new Set<string>()
  for (const [from, to] of replacedWords(base, side)) {
    if (!before.has(from) || !after.has(to)) continue
    if (here.has(from) || gone.has(to)) continue
    if ((found.get(from) ?? to) !== to) unclear.add(from)
    found.set(from, to)
  }
  const targets = [...found.values()]

  return new Map(
    [...found].filter(
      ([from, to]) => !unclear.has(from) && targets.filter((name) => name === to).length === 1,
    ),
  )
}

function isFromElsewhere(name: string, document: Document): boolean {
  return importedFrom(document).some((imported) => imported.endsWith(`\0${name}`))
}

/** Pairs of words that stand at the same place in both. */
function replacedWords(base: Document, side: Document): [string, string][] {
  const [old, new_] = [keysOf(base.tokens), keysOf(side.tokens)]

  return editsBetween(old, new_).flatMap(({ start, end, from, to }) =>
    end - start === to - from
      ? old.slice(start, end).map((key, at): [string, string] => [key, new_[from + at] ?? ''])
      : [],
  )
}

const wordsIn = rememberFor(({ tokens }: Document): ReadonlySet<string> => new Set(keysOf(tokens)))

/** The text with other names. What it imports by its name is imported `as` the other one. */
export function rename({ text, source }: Document, renames: Renames): string {
  if (!source) return text
  const shorthands = new Map(
    descend(source.program).flatMap((node): [number | null | undefined, string][] => {
      if (node.type === 'ImportSpecifier' && node.imported.start === node.local.start)
        return [[node.start, ' as ']]

      return node.type === 'ObjectProperty' && node.shorthand ? [[node.start, ': ']] : []
    }),
  )
  const places = new Map(
    namesIn(source.program, isInScope).flatMap(({ name, start }) => {
      const to = renames.get(name)

      return to === undefined ? [] : [[start ?? 0, { name, to }] as const]
    }),
  )
  let result = ''
  let at = 0
  for (const [start, { name, to }] of [...places].sort(([left], [right]) => left - right)) {
    const sign = shorthands.get(start)
    result += text.slice(at, start) + (sign === undefined ? to : `${name}${sign}${to}`)
    at = start + name.length
  }

  return result + text.slice(at)
}

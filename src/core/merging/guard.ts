import type { Node } from '@babel/types'
import { descend, endOfNode, namesIn } from '../edits/syntax-tree.js'
import { rememberFor } from '../remember.js'
import { isClassList } from './class-keys.js'
import { type Document, readDocument } from './document.js'
import { editsBetween } from './edits.js'
import { keepsConditions } from './read-conditions.js'
import { isWord, keysOf, type Token, wordsOf } from './tokens.js'
import { each, type Three } from './versions.js'

/** Whether a result is of its kind, lost no word of either side, and knows every name it uses. */
export function isSound(path: string, result: string, documents: Three<Document>): boolean {
  const merged = readDocument(path, result)

  return (
    merged !== null &&
    keepsTokens(merged, documents) &&
    keepsConditions(documents) &&
    bringsNothingBack(merged, documents) &&
    declaresOnce(merged, documents) &&
    importsWhatIsThere(merged, documents) &&
    keepsNames(merged, documents)
  )
}

/** Whether a text with markers in it still has every word of both sides. */
export function keepsWords(marked: string, documents: Three<Document>): boolean {
  const words = (text: string): Document => ({
    text,
    tokens: wordsOf(text),
    source: null,
    language: 'text',
  })

  return keepsTokens(
    words(marked),
    each(documents, ({ text }) => words(text)),
  )
}

/** Whether every token that a side added is there, and every one that nobody removed. */
function keepsTokens(result: Document, documents: Three<Document>): boolean {
  const { before, mine, incoming } = countChanges(documents)
  const after = countOf(singleKeysOf(result.tokens))

  return [...new Set([...before.keys(), ...mine.added.keys(), ...incoming.added.keys()])].every(
    (key) => {
      const [added, alsoAdded] = [mine.added.get(key) ?? 0, incoming.added.get(key) ?? 0]
      const removed = (mine.removed.get(key) ?? 0) + (incoming.removed.get(key) ?? 0)
      // What both added may be the same; what both removed may be two places.
      const least = (before.get(key) ?? 0) - removed + Math.max(added, alsoAdded)

      return key === ',' || (after.get(key) ?? 0) >= least
    },
  )
}

/**
 * Whether what a side took out stays out: where the other side moved a line, it may come along
 * although its owner, or the fix of a mistake, had removed it.
 */
function bringsNothingBack(result: Document, documents: Three<Document>): boolean {
  const { base, ours, theirs } = each(documents, wordsBelowImports)

  return [...wordsBelowImports(result)].every(([key, count]) => {
    const before = base.get(key) ?? 0
    const mine = (ours.get(key) ?? 0) - before
    const incoming = (theirs.get(key) ?? 0) - before
    // What both removed may be the same place.
    const most = mine < 0 && incoming < 0 ? Math.min(mine, incoming) : mine + incoming

    return count <= before + most
  })
}

/** Imports are merged as sets: a module is named as often as something of it is wanted. */
const wordsBelowImports = rememberFor(({ source, tokens }: Document): Counts => {
  const imports = source?.program.body.filter(({ type }) => type === 'ImportDeclaration') ?? []
  const end = Math.max(0, ...imports.map(endOfNode))

  return countOf(singleKeysOf(tokens.filter((one) => one.start >= end && isWord(one))))
})

/** Both may have added a function of one name, at two places. */
function declaresOnce(result: Document, { ours, theirs }: Three<Document>): boolean {
  const known = [ours, theirs].map(namesAtTop)

  return [...namesAtTop(result)].every(
    ([name, count]) => count === 1 || known.some((names) => (names.get(name) ?? 0) >= count),
  )
}

/** A name of another file is as a side has it: nobody renamed it over there. */
function importsWhatIsThere(result: Document, { ours, theirs }: Three<Document>): boolean {
  const known = new Set([...importedFrom(ours), ...importedFrom(theirs)])

  return importedFrom(result).every((name) => known.has(name))
}

/** What a file imports and hands on, each name with its module. */
export function importedFrom({ source }: Document): string[] {
  return (source?.program.body ?? []).flatMap((node) => {
    if (!('source' in node) || !node.source || !('specifiers' in node)) return []
    const module = node.source.value

    return (node.specifiers ?? []).map((specifier) => `${module}\0${otherName(specifier)}`)
  })
}

function otherName(specifier: Node): string {
  if (specifier.type === 'ImportSpecifier') {
    const { imported } = specifier

    return imported.type === 'Identifier' ? imported.name : imported.value
  }

  return specifier.type === 'ExportSpecifier' ? specifier.local.name : specifier.type
}

function namesAtTop({ source }: Document): Counts {
  const body = source?.program.body ?? []

  return countOf(
    body.flatMap((statement) => {
      const node =
        'declaration' in statement && statement.declaration ? statement.declaration : statement

      return /^(?:Function|Class|Variable)Declaration$/.test(node.type) ? namesDeclaredBy(node) : []
    }),
  )
}

const countChanges = rememberFor(({ base, ours, theirs }: Three<Document>) => ({
  before: countOf(singleKeysOf(base.tokens)),
  mine: changesOf(base, ours),
  incoming: changesOf(base, theirs),
}))

type Counts = Map<string, number>

function changesOf(base: Document, side: Document): { added: Counts; removed: Counts } {
  const [from, to] = [singleKeysOf(base.tokens), singleKeysOf(side.tokens)]
  const edits = editsBetween(from, to)

  return {
    added: countOf(edits.flatMap((edit) => to.slice(edit.from, edit.to))),
    removed: countOf(edits.flatMap((edit) => from.slice(edit.start, edit.end))),
  }
}

/** The keys of the tokens, with each class of a list for itself. */
const singleKeysOf = rememberFor((tokens: readonly Token[]): readonly string[] => {
  const keys = keysOf(tokens)

  return keys.some(isClassList)
    ? keys.flatMap((key) => (isClassList(key) ? key.split(/["' ]/) : [key]))
    : keys
})

function countOf(keys: readonly string[]): Counts {
  const counts: Counts = new Map()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)

  return counts
}

/** One side may have renamed or removed what the other side uses once more. */
export function keepsNames(result: Document, { ours, theirs }: Three<Document>): boolean {
  const known = declaredIn(result)
  const lost = [ours, theirs]
    .flatMap((side) => [...declaredIn(side)])
    .filter((name) => !known.has(name))
  if (lost.length === 0) return true
  const used = usedIn(result)
  const unknownBefore = [ours, theirs].flatMap((side) => {
    const declared = declaredIn(side)

    return [...usedIn(side)].filter((name) => !declared.has(name))
  })

  return lost.every((name) => !used.has(name) || unknownBefore.includes(name))
}

const usedIn = rememberFor(({ source }: Document): ReadonlySet<string> => {
  return new Set(source ? namesIn(source.program, isInScope).map(({ name }) => name) : [])
})

/** What a file hands on from another one, it does not know itself. */
export function isInScope(node: Node): boolean {
  return !(node.type === 'ExportNamedDeclaration' && node.source)
}

/** Every name that a file imports or declares, wherever it does. */
export const declaredIn = rememberFor(({ source }: Document): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const node of source ? descend(source.program) : []) {
    for (const part of declaringPartsOf(node)) for (const name of namesOf(part)) names.add(name)
  }

  return names
})

/** A function's own name, or those of `const { a, b } = …`; overloads have no body. */
function namesDeclaredBy(node: Node): string[] {
  if (node.type !== 'VariableDeclaration') return 'id' in node && node.id ? namesOf(node.id) : []

  return node.declarations.flatMap(({ id }) => namesOf(id))
}

function namesOf(node: unknown): string[] {
  return namesIn(node as Node).map(({ name }) => name)
}

function declaringPartsOf(node: Node): readonly Node[] {
  const { id, local, param, params } = node as {
    id?: unknown
    local?: unknown
    param?: unknown
    params?: unknown
  }
  if (!id && !local && !param && !params) return NOTHING
  if (node.type === 'ExportSpecifier') return NOTHING

  return [id, local, param, params]
    .flat()
    .filter((part): part is Node => typeof part === 'object' && part !== null && 'type' in part)
}

const NOTHING: readonly Node[] = []

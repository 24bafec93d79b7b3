import { endOfNode, startOfNode } from '../../edits/syntax-tree.js'
import { type Document, readDocument } from '../document.js'
import { newNamesIn, type Renames, rename } from '../renames.js'
import { declarationsIn } from './declarations.js'
import type { Move } from './moves.js'
import { bindingsIn } from './scope.js'
import type { Documents, Work } from './work.js'

/** What the owner calls declarations that moved: the new version has them under their old names. */
export function ownersNames({ base, ours }: Documents, moves: readonly Move[]): Renames {
  const here = declarationsIn(ours)
  const moved = new Set(moves.map(({ name }) => name))

  return new Map(
    [...newNamesIn(ours, base)].filter(([from, to]) => moved.has(from) && here.has(to)),
  )
}

/** The owner's file as if these names had never been given. */
export function withoutOwnersNames(path: string, ours: Document, names: Renames): Document | null {
  return readDocument(path, rename(ours, new Map([...names].map(([from, to]) => [to, from]))))
}

/**
 * The file with the owner's names again: what it imports, it imports under them, and what it hands
 * on it hands on under both. `null` where it knows one of them no more.
 */
export function withOwnersNames(
  path: string,
  text: string,
  { names, three }: Pick<Work, 'names' | 'three'>,
): string | null {
  const here = declarationsIn(three.ours)
  const isExported = (name: string) => here.get(name)?.isExported === true
  const document = readDocument(path, text)
  if (!document) return null
  const handed = handedOn(document)
  const isKnown = (name: string) =>
    bindingsIn(document).get(name)?.kind === 'import' ||
    (isExported(name) && handed.some(({ local }) => local === name))
  if (![...names.keys()].every(isKnown)) return null
  const more = handed.filter(({ local }) => names.has(local) && isExported(local))
  let result = text
  for (const { local, end } of more.reverse()) {
    result = `${result.slice(0, end)}, ${local} as ${names.get(local)}${result.slice(end)}`
  }
  const both = readDocument(path, result)

  return both && rename(both, names)
}

/** The names that a file hands on from another one, under the names that they have there. */
function handedOn({ source }: Document): { local: string; end: number }[] {
  return (source?.program.body ?? []).flatMap((node) =>
    node.type === 'ExportNamedDeclaration' && node.source
      ? node.specifiers.flatMap((one) =>
          one.type === 'ExportSpecifier' && startOfNode(one.exported) === startOfNode(one.local)
            ? [{ local: one.local.name, end: endOfNode(one) }]
            : [],
        )
      : [],
  )
}

import { endOfNode, startOfNode } from '../../edits/syntax-tree.js'
import { readDocument } from '../document.js'
import { toLines } from '../lines.js'
import { declarationsIn } from './declarations.js'
import type { Move } from './moves.js'
import { exportsOf, moduleFrom, withoutSuffix } from './scope.js'
import type { Documents } from './work.js'

/** Those that the owner exported from where they were: other files may import them from there. */
export function exportedByOwner({ base, ours }: Documents, moves: readonly Move[]): Move[] {
  const [before, here] = [declarationsIn(base), declarationsIn(ours)]

  return moves.filter(({ name }) => here.get(name)?.isExported && !before.get(name)?.isExported)
}

/**
 * The file with an export of each, from the file that it is in now; `null` where it imports
 * nothing from there, so that nothing shows how that is written.
 */
export function handOn(path: string, text: string, moves: readonly Move[]): string | null {
  let result = text
  for (const { name, to } of moves) {
    const next = handOnOne(path, result, { name, to })
    if (next === null) return null
    result = next
  }

  return result
}

function handOnOne(path: string, text: string, { name, to }: Move): string | null {
  const document = readDocument(path, text)
  const known = document && exportsOf(document)
  if (!document?.source || !known) return null
  if (known.has(name)) return text
  const imports = document.source.program.body.filter((node) => node.type === 'ImportDeclaration')
  const found = imports.find(
    ({ source, specifiers }) =>
      moduleFrom(path, source.value) === withoutSuffix(to) &&
      specifiers.some(({ local }) => local.name === name),
  )
  const last = imports.at(-1)
  if (!found || !last) return null
  const statement = text.slice(startOfNode(found), endOfNode(found))
  const from = /\bfrom\b[^\n]*$/.exec(statement)?.[0]
  if (from === undefined) return null
  const verb = /^import\s+type\b/.test(statement) ? 'export type' : 'export'
  const end = endOfNode(last) + (toLines(text.slice(endOfNode(last)))[0]?.trimEnd().length ?? 0)

  return `${text.slice(0, end)}\n${verb} { ${name} } ${from}${text.slice(end)}`
}

import type { ImportDeclaration, Node, Program } from '@babel/types'
import { parseSource, type Source } from '../edits/source.js'
import { type Replacement, splice } from '../edits/splice.js'
import { descend, endOfNode, namesIn, startOfNode } from '../edits/syntax-tree.js'
import { joinLines } from './javascript/join-lines.js'
import { isTypeOnly, isTypeSpecifier, removeLines } from './javascript/type-statements.js'
import { isType, typesBelow } from './javascript/type-syntax.js'

/**
 * The JavaScript in a TypeScript file: what only the compiler reads is cut out, and everything
 * else stays as it is written, comments and line breaks included.
 */
export function stripTypes(text: string): string {
  const source = parse(text, 'template.ts')
  const isUnused = findsUnused(source.program)
  const isGone = (node: Node) =>
    isTypeOnly(node) ||
    (node.type === 'ImportDeclaration' &&
      node.specifiers.length > 0 &&
      node.specifiers.every(isUnused))
  const gone = descend(source.program, (_node, parent) => !isGone(parent)).filter(isGone)
  const imports = source.program.body.filter((node) => node.type === 'ImportDeclaration')
  const replacements = [
    ...removeLines(gone, source),
    ...imports.flatMap((node) => keepUsed(node, isUnused, text)),
    ...typesBelow(source.program, text),
  ]

  return joinLines(splice(text, replacements))
}

function parse(text: string, path: string): Source {
  const source = parseSource(path, text)
  if ('unreadable' in source) throw new Error(source.unreadable)

  return source
}

/** Whether a specifier of an import is a type, or was needed by types alone. */
function findsUnused(program: Program): (specifier: Node) => boolean {
  const values = new Set(
    namesIn(program, (node) => !isType(node) && !isTypeOnly(node) && !isImport(node)).map(
      ({ name }) => name,
    ),
  )
  const all = new Set(namesIn(program, (node) => !isImport(node)).map(({ name }) => name))

  return (specifier) => {
    if (isTypeSpecifier(specifier)) return true
    const name = 'local' in specifier && 'name' in specifier.local ? specifier.local.name : null

    return name !== null && all.has(name) && !values.has(name)
  }
}

function isImport({ type }: Node): boolean {
  return type === 'ImportDeclaration'
}

function keepUsed(
  node: ImportDeclaration,
  isUnused: (specifier: Node) => boolean,
  text: string,
): Replacement[] {
  const kept = node.specifiers.filter((specifier) => !isUnused(specifier))
  if (kept.length === node.specifiers.length) return []
  const write = (specifier: Node) => text.slice(startOfNode(specifier), endOfNode(specifier))
  const named = kept.filter(({ type }) => type === 'ImportSpecifier').map(write)
  const others = kept.filter(({ type }) => type !== 'ImportSpecifier').map(write)
  const names = [...others, ...(named.length === 0 ? [] : [`{ ${named.join(', ')} }`])].join(', ')
  const [from] =
    /\bfrom\s+['"][^'"]*['"]/.exec(text.slice(startOfNode(node), endOfNode(node))) ?? []

  return [
    {
      start: startOfNode(node),
      end:
        startOfNode(node) + text.slice(startOfNode(node)).indexOf(from ?? '') + (from ?? '').length,
      text: `import ${names} ${from}`,
    },
  ]
}

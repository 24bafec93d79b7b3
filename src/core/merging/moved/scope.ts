import { posix } from 'node:path'
import type { ImportDeclaration, Node } from '@babel/types'
import { namesIn } from '../../edits/syntax-tree.js'
import { rememberFor } from '../../remember.js'
import type { Document } from '../document.js'
import { namesDeclaredAtTop } from './declarations.js'

/** What a name stands for in all of a file: an import, or what the file declares itself. */
export type Binding = { kind: 'own' } | Imported
export type Imported = {
  kind: 'import'
  statement: ImportDeclaration
  /** The exported name, `default`, or `*`. */
  imported: string
}

export const bindingsIn = rememberFor((document: Document): ReadonlyMap<string, Binding> => {
  const body = document.source?.program.body ?? []
  const imports = body.flatMap((statement): [string, Binding][] =>
    statement.type === 'ImportDeclaration'
      ? statement.specifiers.map((specifier) => [
          specifier.local.name,
          { kind: 'import', statement, imported: importedBy(specifier) },
        ])
      : [],
  )
  const own = namesDeclaredAtTop(document).map((name): [string, Binding] => [name, { kind: 'own' }])

  return new Map([...imports, ...own])
})

/** Every name that a file uses, apart from what it imports and hands on. */
export const namesUsed = rememberFor(({ source }: Document): ReadonlySet<string> => {
  const counts = (node: Node) =>
    node.type !== 'ImportDeclaration' && !('source' in node && node.source)

  return new Set(source ? namesIn(source.program, counts).map(({ name }) => name) : [])
})

/** What other files may import of this one; `null` where it hands on all of another one. */
export function exportsOf({ source }: Document): ReadonlySet<string> | null {
  const body = source?.program.body ?? []
  if (body.some(({ type }) => type === 'ExportAllDeclaration')) return null

  return new Set(
    body.flatMap((node) => {
      if (node.type !== 'ExportNamedDeclaration') return []
      const handed = node.specifiers.map(({ exported }) =>
        exported.type === 'Identifier' ? exported.name : exported.value,
      )
      if (!node.declaration || !source) return handed
      const program = { ...source.program, body: [node.declaration] }

      return namesDeclaredAtTop({ source: { ...source, program } } as Document)
    }),
  )
}

/** The module that a file imports: one of the app by its path without an extension. */
export function moduleFrom(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier

  return withoutSuffix(posix.join(posix.dirname(path), specifier))
}

export function withoutSuffix(path: string): string {
  return path.replace(/\.[cm]?[jt]s$/, '')
}

/** The same module, as another file says it. */
export function specifierFrom(path: string, from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  const relative = posix.relative(posix.dirname(path), posix.join(posix.dirname(from), specifier))

  return relative.startsWith('.') ? relative : `./${relative}`
}

function importedBy(specifier: ImportDeclaration['specifiers'][number]): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default'
  if (specifier.type === 'ImportNamespaceSpecifier') return '*'

  return specifier.imported.type === 'Identifier'
    ? specifier.imported.name
    : specifier.imported.value
}

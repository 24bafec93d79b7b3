import type { Node, Program, Statement } from '@babel/types'
import {
  descend,
  isCall,
  isFunction,
  loadedModule,
  methodOf,
  namesIn,
  unwrap,
} from './syntax-tree.js'

/** A name that a file has from elsewhere. */
export type Import = {
  local: string
  /** The exported name; `default`; or `*` for all of the module. */
  imported: string
  module: string
}

/** What a file imports or requires, at its top or anywhere else. Types do not count. */
export function importsOf(program: Program): Import[] {
  return descend(program).flatMap(importsBy)
}

/** The imports that all of the file can see. */
export function topLevelImports(program: Program): Import[] {
  return descend(program, (node) => !isFunction(node)).flatMap(importsBy)
}

/** What one import declaration or one `const … = require(…)` brings in. */
export function importsBy(node: Node): Import[] {
  if (node.type === 'ImportDeclaration' && node.importKind !== 'type') {
    return node.specifiers.flatMap((specifier) => importedBy(specifier, node.source.value))
  }
  if (node.type === 'TSImportEqualsDeclaration') return importedByEquals(node)

  return node.type === 'VariableDeclarator' && node.init ? required(node.id, node.init) : []
}

/** Whether a specifier in a file means our module, however its suffix or its path is written. */
export function isSameModule(specifier: string, ours: string): boolean {
  return withoutSuffix(specifier) === withoutSuffix(ours) || isAliasOf(specifier, ours)
}

/** Whether the file talks in `import` or in `require`. */
export function moduleFormat(path: string, program: Program): 'import' | 'require' {
  if (/\.(?:[cm]?ts|tsx|mjs)$/.test(path)) return 'import'
  const speaks = program.body.some(
    ({ type }) => type === 'ImportDeclaration' || type.startsWith('Export'),
  )
  if (speaks) return 'import'
  const names = new Set(namesIn(program).map(({ name }) => name))

  return path.endsWith('.cjs') || names.has('require') || names.has('module') ? 'require' : 'import'
}

/** The last statement of the file's top that imports or requires, as far as `counts` lets it. */
export function lastImport(
  program: Program,
  format: 'import' | 'require',
  counts: (statement: Statement) => boolean,
): Statement | null {
  const isImport = format === 'import' ? isImportStatement : requires

  return program.body.findLast((statement) => isImport(statement) && counts(statement)) ?? null
}

function importedBy(specifier: Node, module: string): Import[] {
  switch (specifier.type) {
    case 'ImportDefaultSpecifier':
      return [{ local: specifier.local.name, imported: 'default', module }]
    case 'ImportNamespaceSpecifier':
      return [{ local: specifier.local.name, imported: '*', module }]
    case 'ImportSpecifier':
      return specifier.importKind === 'type'
        ? []
        : [{ local: specifier.local.name, imported: nameOf(specifier.imported), module }]
    default:
      return []
  }
}

function importedByEquals(node: Node): Import[] {
  if (node.type !== 'TSImportEqualsDeclaration') return []
  const { moduleReference, id } = node
  if (moduleReference.type !== 'TSExternalModuleReference') return []

  return [{ local: id.name, imported: '*', module: moduleReference.expression.value }]
}

/** `const a = require('m')`, `= require('m').b`, `const { b: a } = await import('m')`. */
function required(id: Node, init: Node): Import[] {
  const value = unwrap(init)
  const member = value.type === 'MemberExpression' && !value.computed ? value : null
  const module = loadedModule(member ? member.object : value)
  if (module === null) return []
  if (id.type === 'Identifier') {
    return [{ local: id.name, imported: member ? nameOf(member.property) : '*', module }]
  }
  if (id.type !== 'ObjectPattern') return []

  return id.properties.flatMap((property) =>
    property.type === 'ObjectProperty' && property.value.type === 'Identifier'
      ? [{ local: property.value.name, imported: nameOf(property.key), module }]
      : [],
  )
}

function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name

  return node.type === 'StringLiteral' ? node.value : ''
}

function isImportStatement(statement: Statement): boolean {
  return statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration'
}

function requires(statement: Statement): boolean {
  if (statement.type !== 'VariableDeclaration') return false

  return statement.declarations.some(({ init }) => init && startsWithRequire(init))
}

/** `require('a')`, `require('a').b`, `require('a')(…)`. */
function startsWithRequire(node: Node): boolean {
  const value = unwrap(node)
  if (loadedModule(value) !== null) return true
  if (value.type === 'MemberExpression') return startsWithRequire(value.object)

  return isCall(value) && methodOf(value) === null && startsWithRequire(value.callee)
}

function withoutSuffix(module: string): string {
  return module.replace(/\.[cm]?[jt]sx?$/, '').replace(/(?<=.)\/index$/, '')
}

/** `@/plugins/users` and `src/plugins/users` are `./plugins/users` to those who use such paths. */
function isAliasOf(alias: string, relative: string): boolean {
  const tail = withoutSuffix(relative).replace(/^(?:\.\.?\/)+/, '')
  const inner = /^(?:[@~#]\/?|\/|src\/)(.+)$/.exec(withoutSuffix(alias))?.[1]

  return relative.startsWith('.') && inner !== undefined && tail.includes('/')
    ? inner === tail || inner.endsWith(`/${tail}`)
    : false
}

import type { Function as FunctionNode, Node, Program, Statement } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import type { Source } from '../edits/source.js'
import { isCall, isFunction, unwrap } from '../edits/syntax-tree.js'
import type { Sources } from './sources.js'
import { initialValue, nameAssigned, propertyOf } from './syntax.js'

/** A function of the app, with the file it is written in. */
export type FoundFunction = { source: Source; node: FunctionNode }

/** The function that a call means: `setUp(…)`, `plugins.setUp(…)`, of this file or of another. */
export function calledFunction(
  sources: Sources,
  source: Source,
  callee: Node,
): FoundFunction | null {
  const called = unwrap(callee)
  if (called.type === 'Identifier') return findFunction(sources, source, called.name)
  if (called.type !== 'MemberExpression' || called.object.type !== 'Identifier') return null
  if (called.property.type !== 'Identifier') return null
  const { name: module } = called.object
  const imported = importsOf(source.program).find(
    ({ local, imported: whole }) => local === module && whole === '*',
  )

  return imported ? importedFunction(sources, source, imported.module, called.property.name) : null
}

/** The function that a name of a file stands for. */
export function findFunction(sources: Sources, source: Source, name: string): FoundFunction | null {
  const node = localFunction(source.program, name)
  if (node) return { source, node }
  const imported = importsOf(source.program).find(({ local }) => local === name)

  return imported ? importedFunction(sources, source, imported.module, imported.imported) : null
}

/** A barrel passes on what another barrel passes on; more than a few in a row is a circle. */
const LONGEST_CHAIN = 4

function importedFunction(
  sources: Sources,
  { path }: Source,
  module: string,
  name: string,
  depth = 0,
): FoundFunction | null {
  const file = sources.resolve(path, module)
  const source = file === null ? null : sources.read(file)
  if (source === null || depth > LONGEST_CHAIN) return null
  // What a CommonJS file exports can be one function, which is then the whole module.
  const wanted = name === '*' ? 'default' : name
  for (const statement of source.program.body) {
    const node = functionExportedBy(source.program, statement, wanted)
    if (node) return { source, node }
    const passed = passedOn(statement, wanted)
    const found = passed && importedFunction(sources, source, passed.module, passed.name, depth + 1)
    if (found) return found
  }

  return null
}

function functionExportedBy(
  program: Program,
  statement: Statement,
  name: string,
): FunctionNode | null {
  switch (statement.type) {
    case 'ExportNamedDeclaration': {
      if (statement.source) return null
      if (statement.declaration) return functionDeclared(statement.declaration, name)
      const local = statement.specifiers.find(
        (specifier) => specifier.type === 'ExportSpecifier' && nameOf(specifier.exported) === name,
      )
      return local?.type === 'ExportSpecifier' ? localFunction(program, local.local.name) : null
    }
    case 'ExportDefaultDeclaration':
      return name === 'default' ? functionIn(program, statement.declaration) : null
    case 'TSExportAssignment':
      return name === 'default' ? functionIn(program, statement.expression) : null
    case 'ExpressionStatement':
      return functionAssigned(program, statement.expression, name)
    default:
      return null
  }
}

function functionAssigned(program: Program, expression: Node, name: string): FunctionNode | null {
  if (expression.type !== 'AssignmentExpression') return null
  const assigned = nameAssigned(expression.left)
  const value = unwrap(expression.right)
  if (assigned === name) return functionIn(program, value)
  const property = assigned === 'default' ? propertyOf(value, name) : null

  return property ? functionIn(program, property) : null
}

function passedOn(statement: Statement, name: string): { module: string; name: string } | null {
  if (statement.type === 'ExportAllDeclaration') return { module: statement.source.value, name }
  if (statement.type !== 'ExportNamedDeclaration' || !statement.source) return null
  const passed = statement.specifiers.find(
    (specifier) => specifier.type === 'ExportSpecifier' && nameOf(specifier.exported) === name,
  )

  return passed?.type === 'ExportSpecifier'
    ? { module: statement.source.value, name: passed.local.name }
    : null
}

/** A function where it stands, by its name, or wrapped in a call as in `fp(plugin)`. */
function functionIn(program: Program, value: Node): FunctionNode | null {
  const inner = unwrap(value)
  if (isFunctionNode(inner)) return inner
  if (inner.type === 'Identifier') return localFunction(program, inner.name)
  const [argument] = isCall(inner) ? inner.arguments : []

  return argument ? functionIn(program, argument) : null
}

function localFunction(program: Program, name: string): FunctionNode | null {
  for (const statement of program.body) {
    const declared = 'declaration' in statement ? statement.declaration : statement
    const found = declared ? functionDeclared(declared, name) : null
    if (found) return found
  }
  const value = initialValue(program, name)

  return value === null ? null : functionHeld(value)
}

function functionDeclared(declaration: Node, name: string): FunctionNode | null {
  if (declaration.type === 'FunctionDeclaration') {
    return declaration.id?.name === name ? declaration : null
  }
  if (declaration.type !== 'VariableDeclaration') return null
  const variable = declaration.declarations.find(
    ({ id }) => id.type === 'Identifier' && id.name === name,
  )

  return variable?.init ? functionHeld(variable.init) : null
}

/** A function, or a plugin that fastify-plugin was given as one. */
function functionHeld(init: Node): FunctionNode | null {
  const value = unwrap(init)
  if (isFunctionNode(value)) return value
  if (!isCall(value) || value.callee.type !== 'Identifier') return null
  const [argument] = value.arguments

  return argument && /^(?:fp|fastifyPlugin|plugin)$/i.test(value.callee.name)
    ? functionHeld(argument)
    : null
}

function isFunctionNode(node: Node): node is FunctionNode {
  return isFunction(node)
}

function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name

  return node.type === 'StringLiteral' ? node.value : ''
}

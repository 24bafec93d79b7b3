import type { ClassMethod, Node, TSParameterProperty } from '@babel/types'
import type { Replacement } from '../../edits/splice.js'
import { endOfNode, startOfNode } from '../../edits/syntax-tree.js'
import { indentationAt } from '../../edits/whitespace.js'

/** `constructor(private readonly db: Db) {}` sets a property without saying so; JavaScript says so. */
export function parameterProperties({ params, body }: ClassMethod, text: string): Replacement[] {
  const properties = params.filter(isProperty)
  if (properties.length === 0) return []
  const indentation = indentationAt(text, endOfNode(body) - 1)
  const lines = properties.map((property) => {
    const name = nameOf(property.parameter)

    return `\n${indentation}  this.${name} = ${name}`
  })
  const first = body.body[0]
  const after = first && isSuper(first) ? endOfNode(first) : startOfNode(body) + 1
  const isEmpty = body.body.length === 0

  return [
    ...properties.map((property) => ({
      start: startOfNode(property),
      end: startOfNode(property.parameter),
      text: '',
    })),
    { start: after, end: after, text: lines.join('') + (isEmpty ? `\n${indentation}` : '') },
  ]
}

function isProperty(parameter: Node): parameter is TSParameterProperty {
  return parameter.type === 'TSParameterProperty'
}

function nameOf(parameter: TSParameterProperty['parameter']): string {
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
  if (target.type === 'Identifier') return target.name
  throw new Error('A parameter that is a property has no name.')
}

function isSuper(statement: Node): boolean {
  return (
    statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'CallExpression' &&
    statement.expression.callee.type === 'Super'
  )
}

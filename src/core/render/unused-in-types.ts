import type { Node } from '@babel/types'
import { parseSource } from '../edits/source.js'
import { walk } from '../facts/syntax.js'

/** ESLint's own rule for unused variables complains about parameters that only name a type's parts. */
export function allowUnusedInTypes(text: string, path: string): string {
  const source = parseSource(path, text)
  if ('unreadable' in source) throw new Error(source.unreadable)
  let isNeeded = false
  walk(source.program, (node) => {
    isNeeded ||= namesParameters(node)
  })

  return isNeeded ? `${DIRECTIVE}\n\n${text}` : text
}

const DIRECTIVE =
  '/* eslint-disable no-unused-vars -- it takes parameters in types for variables */'

function namesParameters(node: Node): boolean {
  if (node.type === 'TSParameterProperty') return true
  const isSignature =
    node.type === 'TSFunctionType' ||
    node.type === 'TSMethodSignature' ||
    node.type === 'TSCallSignatureDeclaration' ||
    node.type === 'TSDeclareFunction'
  if (!isSignature) return false
  const parameters = 'params' in node ? node.params : node.parameters

  return parameters.length > 0
}

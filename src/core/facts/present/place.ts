import type { Node } from '@babel/types'
import type { Source } from '../../edits/source.js'
import { startOfNode } from '../../edits/syntax-tree.js'

/** Where something stands, for a person to look at. */
export type Place = { file: string; line: number }

export function placeOf({ path, text }: Pick<Source, 'path' | 'text'>, node: Node): Place {
  return { file: path, line: lineAt(text, startOfNode(node)) }
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** `src/app.ts:12`, as editors and terminals open it. */
export function printPlace({ file, line }: Place): string {
  return `${file}:${line}`
}

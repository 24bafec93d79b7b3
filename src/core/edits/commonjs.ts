/**
 * Packages that are written in CommonJS. `import` would first search all of their text for the
 * names that they export, which takes longer than loading them, at every start.
 */
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

export const { parse: parseProgram }: typeof import('@babel/parser') = load('@babel/parser')

export const { parse: parseJson, parseTree: parseJsonTree }: typeof import('jsonc-parser') =
  load('jsonc-parser')

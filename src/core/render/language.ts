import { posix } from 'node:path'
import type { Facts } from '../facts/facts.js'
import { toCommonJs } from './javascript/to-commonjs.js'
import { stripTypes } from './strip-types.js'

/** The path of a TypeScript file of ours in the app, which may have no TypeScript. */
export function withExtensionOf({ language, fastify }: Facts, path: string): string {
  if (language === 'ts') return path
  const extension = posix.extname(fastify.file).replace('x', '')

  return path.replace(/\.ts$/, extension)
}

/** A TypeScript file of ours in the app's language. */
export function inLanguageOf({ language, modules }: Facts, text: string): string {
  if (language === 'ts') return text
  const javascript = stripTypes(text)

  return modules === 'esm' ? javascript : toCommonJs(javascript)
}

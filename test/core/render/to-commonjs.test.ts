import { describe, expect, test } from 'vitest'
import { toCommonJs } from '../../../src/core/render/javascript/to-commonjs.js'

function converted(...lines: string[]): string[] {
  return toCommonJs(`${lines.join('\n')}\n`)
    .split('\n')
    .slice(2, -1)
}

describe('a module that says require', () => {
  test.each([
    ["import fp from 'fastify-plugin'", "const fp = require('fastify-plugin')"],
    ["import * as accounts from './accounts'", "const accounts = require('./accounts')"],
    ["import { a, b as c } from './d'", "const { a, b: c } = require('./d')"],
    ["import './d'", "require('./d')"],
    ["import a, { b } from 'c'", "const a = require('c')\nconst { b } = require('c')"],
  ])('%j loads %j', (esm, cjs) => {
    expect(converted(esm, '', 'f()').join('\n')).toBe(`${cjs}\n\nf()`)
  })

  test('imports vitest, which cannot be required', () => {
    expect(converted("import { test } from 'vitest'", "import { a } from './a'")).toEqual([
      "import { test } from 'vitest'",
      "const { a } = require('./a')",
    ])
  })

  test('is as strict as it was', () => {
    expect(toCommonJs('f()\n')).toBe("'use strict'\n\nf()\n")
  })

  test('exports what it sets up at its end', () => {
    expect(converted('export const a = 1', 'export class B {}')).toEqual([
      'const a = 1',
      'class B {}',
      '',
      'module.exports = { a, B }',
    ])
  })

  test('passes on what another module exports, with what it exports itself', () => {
    const lines = ["export { a, b } from './c'", '', 'export function d() {}']

    expect(converted(...lines)).toEqual([
      "const { a, b } = require('./c')",
      '',
      'function d() {}',
      '',
      'module.exports = { a, b, d }',
    ])
    expect(() => converted("export { a as b } from './c'")).toThrow('another name')
    expect(() => converted("export * from './c'")).toThrow('ExportAllDeclaration')
  })

  test('exports functions before it loads what may load it', () => {
    expect(converted("import { page } from './pages'", '', 'export function a() {}')).toEqual([
      'module.exports = { a }',
      '',
      "const { page } = require('./pages')",
      '',
      'function a() {}',
    ])
  })

  test('has its functions ready for a module that needs them before it is done', () => {
    const lines = ["import { b } from './b'", '', 'export default fp(b)', 'export function a() {}']

    expect(converted(...lines)).toEqual([
      '// For those that load this module while it is loading them.',
      'exports.a = a',
      '',
      "const { b } = require('./b')",
      '',
      'module.exports = fp(b)',
      'function a() {}',
      '',
      'module.exports.a = a',
    ])
  })

  test('is its default export, which carries the others', () => {
    expect(converted('export const a = 1', 'export default fp(b)')).toEqual([
      'const a = 1',
      'module.exports = fp(b)',
      '',
      'module.exports.a = a',
    ])
    expect(converted('export default async function a() {}')).toEqual([
      'async function a() {}',
      '',
      'module.exports = a',
    ])
  })

  test('gives each export a line where they are many', () => {
    const names = Array.from({ length: 12 }, (_, index) => `aRatherLongName${index}`)
    const lines = converted(...names.map((name) => `export const ${name} = 1`))

    expect(lines.slice(-3)).toEqual([`  ${names.at(-2)},`, `  ${names.at(-1)},`, '}'])
  })
})

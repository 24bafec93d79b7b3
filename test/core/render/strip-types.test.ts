import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from '@babel/parser'
import { describe, expect, test } from 'vitest'
import { toCommonJs } from '../../../src/core/render/javascript/to-commonjs.js'
import { stripTypes } from '../../../src/core/render/strip-types.js'

describe('what only the compiler reads is cut out', () => {
  test.each([
    ['an annotation', 'const a: string = b', 'const a = b'],
    [
      'what a function takes and returns',
      'function f(a: A, ...b: B[]): C {}',
      'function f(a, ...b) {}',
    ],
    ['a mark that something may be missing', 'function f(a?: A, b?) {}', 'function f(a, b) {}'],
    ['a predicate', 'const isA = (a: unknown): a is A => true', 'const isA = (a) => true'],
    ['a default stays', 'function f(a: number = 1) {}', 'function f(a = 1) {}'],
    ['what a generic function is for', 'const f = <A,>(a: A): A => a', 'const f = (a) => a'],
    ['a type argument', 'new Map<string, A>()', 'new Map()'],
    ['that of a plugin', 'export default fp<{ a: A }>(f)', 'export default fp(f)'],
    ['a type of an error', 'try {} catch (error: unknown) {}', 'try {} catch (error) {}'],
    ['as', 'const a = b as unknown as A', 'const a = b'],
    ['as const', 'const a = [1, 2] as const', 'const a = [1, 2]'],
    ['as, in brackets that only it needed', '(a as A).b()', 'a.b()'],
    ['as, in brackets that more needs', '(await (a as A)).b', '(await a).b'],
    ['as, behind brackets', 'f((a ?? b) as A)', 'f((a ?? b))'],
    ['satisfies', 'const a = { b } satisfies A', 'const a = { b }'],
    ['not null', 'a!.b![0]!', 'a.b[0]'],
    ['a parameter called this', 'function f(this: A, b: B) {}', 'function f(b) {}'],
  ])('%s', (_name, typed, plain) => {
    expect(stripTypes(`${typed}\n`)).toBe(`${plain}\n`)
  })

  test.each([
    ['a type', '/** What a is. */\nexport type A = string\n\nf()\n', 'f()\n'],
    ['an interface', 'g()\n\n// Of both.\ninterface A {\n  b: string\n}\n\nf()\n', 'g()\n\nf()\n'],
    ['one after the other', 'g()\n\ntype A = 1\n\ntype B = 2\n\nf()\n', 'g()\n\nf()\n'],
    ['the last one', 'f()\n\ntype A = 1\n', 'f()\n'],
    ['a module', "f()\n\ndeclare module 'a' {\n  interface B {}\n}\n\ng()\n", 'f()\n\ng()\n'],
    ['an overload', 'function f(a: A): B\nfunction f(a) {}\n', 'function f(a) {}\n'],
    ['what is exported as a type', "export type { A } from './a.js'\nf()\n", 'f()\n'],
  ])('%s goes with its comment and its blank line', (_name, typed, plain) => {
    expect(stripTypes(typed)).toBe(plain)
  })

  test('a comment that stands apart stays', () => {
    expect(stripTypes('// Of the file.\n\ntype A = 1\n\nf()\n')).toBe('// Of the file.\n\nf()\n')
  })

  test.each([
    ["import type { A } from 'a'\nf()\n", 'f()\n'],
    ["import { type A } from 'a'\nf()\n", 'f()\n'],
    ["import { type A, b } from 'a'\nb()\n", "import { b } from 'a'\nb()\n"],
    ["import a, { type A } from 'a'\na()\n", "import a from 'a'\na()\n"],
    ["import a, { type A, b } from 'a'\na(b)\n", "import a, { b } from 'a'\na(b)\n"],
    ["import { a, b } from 'a'\nexport type A = typeof a\nb()\n", "import { b } from 'a'\nb()\n"],
    ["import 'a'\nf()\n", "import 'a'\nf()\n"],
  ])('%j imports what runs', (typed, plain) => {
    expect(stripTypes(typed)).toBe(plain)
  })

  test('a class keeps its fields without the words before them', () => {
    const typed = [
      'class A<T> extends B<T> implements C, D {',
      '  private static readonly a: number = 1',
      "  override readonly name = 'A'",
      '  private b?: string',
      '  declare c: string',
      '',
      '  protected async d(): Promise<void> {}',
      '}',
      '',
    ]
    const plain = [
      'class A extends B {',
      '  static a = 1',
      "  name = 'A'",
      '  b',
      '',
      '  async d() {}',
      '}',
      '',
    ]

    expect(stripTypes(typed.join('\n'))).toBe(plain.join('\n'))
  })

  test('a constructor says that it sets properties', () => {
    expect(stripTypes('class A {\n  constructor(private readonly db: Db) {}\n}\n')).toBe(
      'class A {\n  constructor(db) {\n    this.db = db\n  }\n}\n',
    )
    expect(
      stripTypes(
        'class A extends B {\n  constructor(readonly b = 1) {\n    super()\n    f()\n  }\n}\n',
      ),
    ).toBe(
      'class A extends B {\n  constructor(b = 1) {\n    super()\n    this.b = b\n    f()\n  }\n}\n',
    )
  })

  test('parameters share a line as soon as it is long enough', () => {
    const typed = 'function f(\n  one: One,\n  other: Other,\n): Promise<Both> {\n  return one\n}\n'
    expect(stripTypes(typed)).toBe('function f(one, other) {\n  return one\n}\n')
    const commented = 'function f(\n  // The first.\n  one: One,\n  other: Other,\n) {}\n'
    expect(stripTypes(commented)).toBe('function f(\n  // The first.\n  one,\n  other,\n) {}\n')
  })

  test('what is more than a type is no part of a template', () => {
    expect(() => stripTypes('enum A { B }')).toThrow('more than a type')
  })
})

const EXAMPLES = ['default', 'api'].flatMap((name) =>
  ['src', 'test'].flatMap((folder) => typeScriptIn(`examples/${name}/${folder}`)),
)

describe('every file of the examples', () => {
  test('is plain JavaScript without its types, and that stays as it is', () => {
    expect(EXAMPLES.length).toBeGreaterThan(150)
    for (const path of EXAMPLES) {
      const plain = stripTypes(readFileSync(path, 'utf8'))

      expect(() => parse(plain, { sourceType: 'module' }), path).not.toThrow()
      expect(stripTypes(plain), path).toBe(plain)
      expect(plain, path).not.toMatch(/\n\n\n|^\n|\n\n$/)
      expect(plain, path).not.toMatch(/[ \t]$/m)
    }
  })

  test('imports nothing that is not used', () => {
    for (const path of EXAMPLES) {
      const plain = stripTypes(readFileSync(path, 'utf8'))
      const { program } = parse(plain, { sourceType: 'module' })
      const locals = program.body.flatMap((statement) =>
        statement.type === 'ImportDeclaration'
          ? statement.specifiers.map(({ local }) => local.name)
          : [],
      )
      for (const local of locals) {
        expect(plain.match(new RegExp(`\\b${local}\\b`, 'g'))?.length, path).toBeGreaterThan(1)
      }
    }
  })

  test('can say require', () => {
    for (const path of EXAMPLES.filter((each) => !/server\.ts$/.test(each))) {
      const typed = readFileSync(path, 'utf8').replaceAll('import.meta.dirname', '__dirname')
      const plain = toCommonJs(stripTypes(typed))

      const own = plain.replace(/^import [^;]* from 'vitest'$/m, '')

      expect(() => parse(own, { sourceType: 'script' }), path).not.toThrow()
      expect(own, path).not.toMatch(/^(?:import|export)\b/m)
    }
  })
})

function typeScriptIn(folder: string): string[] {
  const root = fileURLToPath(new URL(`../../../${folder}`, import.meta.url))

  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
    .map((path) => join(root, path))
}

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { Facts } from '../../src/core/facts/facts.js'
import { type Draft, inStyle } from '../../src/core/render/formatting.js'
import { formatDrafts, NO_ANSWER } from '../../src/shell/format.js'
import { FAKE_PRETTIER } from './support/fake-prettier.js'

const PLAIN_STYLE = { quote: "'", semicolon: '', indent: '  ', lineEnd: '\n' } as const

const parent = mkdtempSync(join(tmpdir(), 'create-auth-format-'))
afterAll(() => rmSync(parent, { recursive: true }))

function appWith(files: Record<string, string>): string {
  const root = mkdtempSync(join(parent, 'app #1 '))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }

  return root
}

async function format(root: string, formatter: Facts['formatter'], drafts: Draft[]) {
  const formatted = await formatDrafts(root, formatter, drafts, () => ({ stop() {} }))

  return drafts.map((draft) => inStyle(draft, formatted, PLAIN_STYLE))
}

const CODE = { path: 'src/a.ts', text: "export const a = 'a'\n" }

describe('Prettier', () => {
  test('formats with the rules of the app, whatever it prints meanwhile', async () => {
    const root = appWith(FAKE_PRETTIER)

    expect(await format(root, 'prettier', [CODE])).toEqual(['export const a = "a"\n'])
    writeFileSync(join(root, '.prettierrc'), '{ "singleQuote": true }')
    expect(await format(root, 'prettier', [CODE])).toEqual([CODE.text])
  })

  test('leaves alone what it ignores, does not know or cannot read, and formats the rest', async () => {
    const root = appWith({ ...FAKE_PRETTIER, '.prettierignore': 'src/ignored.ts\n' })
    const drafts = [
      { path: 'src/ignored.ts', text: "'ignored'" },
      { path: 'src/a.css', text: "'css'" },
      { path: 'src/b.ts', text: "'syntax error'" },
      { path: 'src/c.ts', text: "'c'" },
    ]

    expect(await format(root, 'prettier', drafts)).toEqual([
      "'ignored'",
      "'css'",
      "'syntax error'",
      '"c"',
    ])
  })

  test('that looks at the terminal as it loads hears all that it is to format, however much', async () => {
    const looks = `process.stdin; ${FAKE_PRETTIER['node_modules/prettier/index.cjs']}`
    const root = appWith({ ...FAKE_PRETTIER, 'node_modules/prettier/index.cjs': looks })
    const drafts = Array.from({ length: 50 }, (_, index) => ({
      path: `src/${index}.ts`,
      text: `// ${'-'.repeat(50_000)}\n'${index}'`,
    }))
    const texts = await format(root, 'prettier', drafts)

    expect(texts.map((text) => text.split('\n')[1])).toEqual(drafts.map((_, index) => `"${index}"`))
  })

  test('that fails is told from one that is not there', async () => {
    const broken = appWith({ ...FAKE_PRETTIER, 'node_modules/prettier/index.cjs': 'throw 1' })
    const ask = (root: string) => formatDrafts(root, 'prettier', [CODE], () => ({ stop() {} }))

    expect(await ask(broken)).toBe(NO_ANSWER)
    expect(await ask(appWith({}))).not.toBe(NO_ANSWER)
  })

  test.each([
    ['is not installed', {}],
    ['does not load', { 'index.cjs': 'throw new Error()' }],
    ['ends the process', { 'index.cjs': 'process.exit(0)' }],
    ['has another interface', { 'index.cjs': 'exports.format = 1' }],
    [
      'answers with something else',
      {
        'index.cjs': `exports.getFileInfo = async () => ({}); exports.resolveConfig = async () => null
          exports.format = async () => ({})`,
      },
    ],
  ])('that %s changes nothing', async (_name, files: Record<string, string>) => {
    const installed = Object.entries(files).map(([name, text]) => [
      `node_modules/prettier/${name}`,
      text,
    ])
    const manifest = FAKE_PRETTIER['node_modules/prettier/package.json'] ?? ''
    const root = appWith(
      installed.length === 0
        ? {}
        : { ...Object.fromEntries(installed), 'node_modules/prettier/package.json': manifest },
    )

    expect(await format(root, 'prettier', [CODE])).toEqual([CODE.text])
  })
})

describe('Prettier as a rule of ESLint', () => {
  const withRule = (rule: string) => ({
    ...FAKE_PRETTIER,
    'node_modules/eslint/package.json': '{ "name": "eslint", "main": "index.cjs" }',
    'node_modules/eslint/index.cjs': `exports.ESLint = class {
        async calculateConfigForFile(path) {
          if (!path.endsWith('.ts')) throw new Error(path)
          return { rules: { 'prettier/prettier': ${rule} } }
        }
      }`,
  })
  const TEXT = { path: 'src/b.ts', text: 'export const b = "b"\n' }
  const single = `export const b = 'b'\n`

  test('formats with the options of the rule, which count more than those of a file', async () => {
    const root = appWith(withRule('[2, { singleQuote: true }, { usePrettierrc: true }]'))
    writeFileSync(join(root, '.prettierrc'), '{ "singleQuote": false }')

    expect(await format(root, 'eslint', [{ path: 'a.css', text: '"a"' }, TEXT])).toEqual([
      '"a"',
      single,
    ])
    expect(await format(root, 'prettier', [TEXT])).toEqual([single])
  })

  test.each(["'off'", '[0]', 'undefined'])('that is %s formats nothing', async (rule) => {
    expect(await format(appWith(withRule(rule)), 'eslint', [CODE])).toEqual([CODE.text])
  })

  test('in an app without ESLint formats nothing', async () => {
    expect(await format(appWith(FAKE_PRETTIER), 'eslint', [CODE])).toEqual([CODE.text])
  })
})

describe('an order of imports that ESLint asks for', () => {
  const TEXT = `import { b } from './b'\nimport { a } from './a'\n`
  const SORTED = `import { a } from "./a"\nimport { b } from "./b"\n`

  /** It has nothing to say of files without their types, unless it is not asked for those. */
  const withOrder = (rules: string, type: 'flat' | 'eslintrc') => ({
    ...FAKE_PRETTIER,
    'node_modules/eslint/package.json': '{ "name": "eslint", "main": "index.cjs" }',
    'node_modules/eslint/index.cjs': `exports.ESLint = class {
        static configType = '${type}'
        constructor(options) { this.options = options }
        async calculateConfigForFile() { return { rules: ${rules} } }
        async lintText(text, { filePath }) {
          const { fix, overrideConfig: { rules, languageOptions = {}, ...others } } = this.options
          const { parserOptions } = ${type === 'flat'} ? languageOptions : others
          if (parserOptions.project !== null) throw new Error('not in a project: ' + filePath)
          if (rules['needs/types'] !== 'off') throw new Error('no types')
          if (fix({ ruleId: 'no-var' }) || fix({ ruleId: null })) throw new Error('not asked')
          if (filePath.includes('ignored')) return []
          return [{ output: text.trim().split('\\n').toSorted().join('\\n') + '\\n' }]
        }
      }`,
  })
  const rule = (name: string, severity = '2') => `{ '${name}': [${severity}], 'needs/types': [1] }`

  test.each([
    ['simple-import-sort/imports', 'eslintrc'],
    ['simple-import-sort/imports', 'flat'],
    ['import/order', 'flat'],
    ['perfectionist/sort-imports', 'flat'],
  ] as const)('as %s does (%s) is that of what is formatted', async (name, type) => {
    const root = appWith(withOrder(rule(name), type))
    const drafts = [
      { path: 'src/a.ts', text: TEXT },
      { path: 'src/ignored.ts', text: TEXT },
    ]

    expect(await format(root, 'prettier', drafts)).toEqual([SORTED, TEXT.replaceAll("'", '"')])
  })

  test.each([
    rule('simple-import-sort/imports', '0'),
    rule('no-var'),
    '{}',
  ])('is left as it is with %s', async (rules) => {
    const root = appWith(withOrder(rules, 'flat'))
    const [text] = await format(root, 'prettier', [{ path: 'src/a.ts', text: TEXT }])

    expect(text).toBe(TEXT.replaceAll("'", '"'))
  })

  test('is left as it is where ESLint fails', async () => {
    const files = withOrder(rule('import/order'), 'flat')
    const main = files['node_modules/eslint/index.cjs'].replace('fix, ', 'fix: nothing, ')
    const root = appWith({ ...files, 'node_modules/eslint/index.cjs': main })
    const [text] = await format(root, 'prettier', [{ path: 'src/a.ts', text: TEXT }])

    expect(text).toBe(TEXT.replaceAll("'", '"'))
  })
})

describe('Biome', () => {
  function withBiome(files: Record<string, string>): string {
    const root = appWith(files)
    const ours = fileURLToPath(new URL('../../node_modules/@biomejs', import.meta.url))
    mkdirSync(join(root, 'node_modules'))
    symlinkSync(ours, join(root, 'node_modules/@biomejs'))

    return root
  }

  test('formats with the rules of the app, many files at once, each its own', async () => {
    const root = withBiome({
      'biome.json': '{ "javascript": { "formatter": { "semicolons": "asNeeded" } } }',
    })
    const drafts = Array.from({ length: 30 }, (_, index) => ({
      path: `src/${index}.ts`,
      text: `export const a = '${index}';\n`,
    }))
    const texts = await format(root, 'biome', [...drafts, { path: 'src/b.ts', text: 'const =' }])

    expect(texts).toEqual([...drafts.map((_, index) => `export const a = "${index}"\n`), 'const ='])
  })

  test('sorts imports where the app has them sorted', async () => {
    const text = `import { b } from './b'\nimport { a } from './a'\n\nexport default [a, b]\n`
    const sorted = `import { a } from "./a";\nimport { b } from "./b";\n\nexport default [a, b];\n`
    const off = '{ "assist": { "enabled": false }, "formatter": { "enabled": false } }'
    const draft = { path: 'src/c.ts', text }

    expect(await format(withBiome({ 'biome.json': '{}' }), 'biome', [draft])).toEqual([sorted])
    expect(await format(withBiome({ 'biome.json': off }), 'biome', [draft])).toEqual([text])
  })

  test('that is not installed changes nothing', async () => {
    expect(await format(appWith({}), 'biome', [CODE])).toEqual([CODE.text])
  })
})

test('an app without a formatter is asked for nothing', async () => {
  expect(await format(appWith(FAKE_PRETTIER), null, [CODE])).toEqual([CODE.text])
})

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from '@babel/parser'
import type { Statement } from '@babel/types'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('the command', () => {
  const sources = filesIn('src', '.ts')
  const { dependencies } = JSON.parse(read('package.json'))

  test('has a core that can do nothing but compute', () => {
    const pure = ['node:path', 'node:crypto', ...Object.keys(dependencies)]
    const allowed = new Set(pure.filter((name) => !['commander', 'prompts'].includes(name)))
    const core = sources.filter((path) => layerOf(path) === 'core')
    // That one file loads packages with `require`, for speed, and names them.
    const isAllowed = (path: string, module: string) =>
      allowed.has(module) || (path === 'src/core/edits/commonjs.ts' && module === 'node:module')
    const modules = core.flatMap((path) =>
      importsOf(path)
        .filter(
          ({ isType, module }) => !isType && !module.startsWith('.') && !isAllowed(path, module),
        )
        .map(({ module }) => `${path} imports ${module}`),
    )

    expect(modules).toEqual([])
    expect(core.filter((path) => EFFECTS.test(codeOf(path)))).toEqual([])
  })

  test('depends in one direction: bin, cli, commands, pipeline, then shell and core', () => {
    const upwards = sources.flatMap((path) =>
      importsOf(path)
        .filter(({ module }) => module.startsWith('.'))
        .map(({ module }) => join(dirname(path), module).split(sep).join('/'))
        .filter((target) => !MAY_IMPORT[layerOf(path)].includes(layerOf(target)))
        .map((target) => `${path} imports ${target}`),
    )

    expect(upwards).toEqual([])
  })

  test('imports only packages that are installed with it', () => {
    const missing = sources.flatMap((path) =>
      importsOf(path)
        .filter(({ isType, module }) => !isType && !/^(\.|node:)/.test(module))
        .filter(({ module }) => !(module in dependencies))
        .map(({ module }) => `${path} imports ${module}`),
    )

    expect(missing).toEqual([])
  })

  test('says nothing twice', () => {
    expect(repeatedIn(sources, 7)).toEqual([])
  })
})

// They list what each feature brings, a line or two each.
const LISTS = new Set([
  'templates/auth/src/accounts/messages.ts',
  'templates/auth/src/plugins/users.ts',
])

describe('the templates', () => {
  const templates = [...filesIn('templates/auth'), ...filesIn('templates/app')]
  const code = templates.filter((path) => path.endsWith('.ts'))

  test('are controlled by one feature at a time, which adds lines', () => {
    const others = templates.flatMap((path) =>
      controlLines(path)
        .filter((line) => !/^(if \(!?features\.\w+\) \{|\})$/.test(line))
        .map((line) => `${path}: ${line}`),
    )

    expect(others).toEqual([])
  })

  test('read like the files they become: at most 5 control lines in 100', () => {
    expect(densityOf(code)).toBeLessThan(5)
    // A short file is all frame; one that is long and mostly conditions should be two files.
    const long = code.filter((path) => linesOf(path).length >= 40 && !LISTS.has(path))
    expect(long.filter((path) => densityOf([path]) > 20)).toEqual([])
  })

  test('keep their lines within 100 characters, but for what cannot be broken', () => {
    const long = code.flatMap((path) =>
      linesOf(path)
        .filter((line) => line.length > 100 && !ONE_LITERAL.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    )

    expect(long).toEqual([])
  })

  test('leave nothing undone and silence no checker', () => {
    const unfinished = /\bTODO\b|\bFIXME\b|\bas any(?=[),;.\]]|$)|@ts-|biome-ignore|eslint-disable/m

    expect(templates.filter((path) => unfinished.test(read(path)))).toEqual([])
  })
})

test('no generated source or test is longer than 300 lines', () => {
  const generated = ['default', 'api'].flatMap((name) =>
    ['src', 'test'].flatMap((folder) => filesIn(`examples/${name}/${folder}`, '.ts')),
  )
  const own = generated.filter((path) => !path.includes('/generated/'))

  expect(own.length).toBeGreaterThan(50)
  expect(own.filter((path) => linesOf(path).length > 300)).toEqual([])
})

type Layer = 'cli' | 'commands' | 'pipeline' | 'shell' | 'core'

// What stands in src beside the cli belongs to the pipeline: its steps, and what they share.
const MAY_IMPORT: Record<Layer, readonly Layer[]> = {
  cli: ['cli', 'commands', 'pipeline'],
  commands: ['commands', 'pipeline', 'shell', 'core'],
  pipeline: ['pipeline', 'shell', 'core'],
  shell: ['shell', 'core'],
  core: ['core'],
}

function layerOf(path: string): Layer {
  const [, layer] = /^src\/(commands|shell|core)\//.exec(path) ?? []
  if (layer !== undefined) return layer as Layer

  return /^src\/cli[./]/.test(path) ? 'cli' : 'pipeline'
}

// A clock, a terminal, the machine's own state: what makes the same input give another output.
const EFFECTS =
  /\bprocess \.|\bconsole \.|\bDate \. now\b|\bnew Date \( \)|\bMath \. random\b|\bfetch \(/

/** The code of a file without its comments and texts: to speak of an effect is not to have it. */
function codeOf(path: string): string {
  return tokensOf(path)
    .filter(({ type }) => !/string|regexp|template/.test(type.label))
    .map(({ type, value }) => String(value ?? type.label))
    .join(' ')
}

/** The modules that a file imports, `export … from` and `import(…)` too. */
function importsOf(path: string): { module: string; isType: boolean }[] {
  const statements = parsed(path).program.body.flatMap((statement) =>
    'source' in statement && statement.source
      ? [{ module: statement.source.value, isType: isOfTypes(statement) }]
      : [],
  )
  const tokens = tokensOf(path)
  const loaded = tokens.filter(
    (_token, index) =>
      tokens[index - 1]?.type.label === '(' && tokens[index - 2]?.type.label === 'import',
  )

  return [...statements, ...loaded.map(({ value }) => ({ module: String(value), isType: false }))]
}

function isOfTypes(statement: Statement): boolean {
  if (statement.type === 'ImportDeclaration') return statement.importKind === 'type'

  return 'exportKind' in statement && statement.exportKind === 'type'
}

type Token = { type: { label: string }; value?: unknown }

function tokensOf(path: string): Token[] {
  return (parsed(path).tokens ?? []).filter(({ type }) => typeof type === 'object')
}

function parsed(path: string) {
  return parse(read(path), { sourceType: 'module', plugins: ['typescript'], tokens: true })
}

/** Places where so many lines with something in them follow each other as they do elsewhere. */
function repeatedIn(paths: readonly string[], count: number): string[] {
  const places = new Map<string, string>()

  return paths.flatMap((path) => {
    const lines = linesOf(path)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('//'))

    return lines.slice(count - 1).flatMap((_line, start) => {
      const block = lines.slice(start, start + count).join('\n')
      const known = places.get(block)
      places.set(block, path)

      return known === undefined ? [] : [`${known} and ${path}:\n${block}`]
    })
  })
}

// A string, a regular expression or the name of a test, and at most a few words around it; or
// the end of a text of several lines.
const ONE_LITERAL = /^ *[^'"`/]{0,40}(['"`/]).{60,}\1,?(, async \(\) => \{|, \(\) => \{)?$|`$/

const CONTROL_LINE = /^[ \t]*(?:\/\/|#|\/\*|<!--)%[ \t]*(.*?)[ \t]*(?:\*\/|-->)?$/

function controlLines(path: string): string[] {
  return linesOf(path).flatMap((line) => CONTROL_LINE.exec(line)?.[1] ?? [])
}

function densityOf(paths: readonly string[]): number {
  const sum = (count: (path: string) => number) =>
    paths.reduce((total, path) => total + count(path), 0)

  return (100 * sum((path) => controlLines(path).length)) / sum((path) => linesOf(path).length)
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function linesOf(path: string): string[] {
  return read(path).trimEnd().split('\n')
}

function filesIn(folder: string, ending = ''): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .map((path) => path.split(sep).join('/'))
    .sort()
}

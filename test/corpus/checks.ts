// An app's own compiler, linter, formatter and test runner, and what they complain about.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Ending, lastWords, run, type Where } from './commands.js'
import {
  type Complaints,
  readBiome,
  readCompiler,
  readEslint,
  readPrettier,
  readTap,
  readTestReport,
  type Tests,
} from './complaints.js'
import { findPackageFile, installedVersion, readManifest } from './packages.js'

export type Workshop = { folder: string; env: Record<string, string>; path: readonly string[] }

/** Null where the app has no compiler. */
export async function compile(
  { folder, env, path }: Workshop,
  project = 'tsconfig.json',
): Promise<Complaints | null> {
  const compiler = compilerOf(folder)
  if (!existsSync(join(folder, project)) || compiler === null) return null
  const ending = await run([...compiler, '--noEmit', '--pretty', 'false', '--project', project], {
    cwd: folder,
    env,
    path,
    within: 5,
  })

  return complaintsOr(ending, readCompiler(ending.output))
}

/** The app's own, or that of a tool of its; pnpm keeps what nobody asked for by name in a folder. */
function compilerOf(folder: string): string[] | null {
  if (has(folder, 'typescript')) return ['tsc']
  const file = findPackageFile(folder, '.pnpm/node_modules/typescript')

  return file === null ? null : [process.execPath, join(dirname(file), 'bin/tsc')]
}

/** The generated files as the app's own flags see them, also those that its tsconfig leaves out. */
export async function compileFiles(
  workshop: Workshop,
  files: readonly string[],
): Promise<Complaints | null> {
  const project = 'tsconfig.of-what-was-written.json'
  const file = join(workshop.folder, project)
  // What the app declares anywhere in its sources is known to ours.
  const folders = new Set(files.map((path) => path.split('/')[0]))
  const include = [...[...folders].map((name) => `${name}/**/*`), '**/*.d.ts']
  const exclude = ['node_modules', 'dist', 'build']
  const settings = { extends: './tsconfig.json', include, exclude, files: [], references: [] }
  const compilerOptions = { noEmit: true, rootDir: '.', composite: false, incremental: false }
  writeFileSync(file, JSON.stringify({ ...settings, compilerOptions }))
  try {
    return await compile(workshop, project)
  } finally {
    rmSync(file)
  }
}

/** Null where the app has no linter. */
export async function lint(
  { folder, env, path }: Workshop,
  files: readonly string[],
): Promise<Complaints | null> {
  const code = files.filter(
    (file) => /\.[cm]?[jt]sx?$/.test(file) && existsSync(join(folder, file)),
  )
  if (code.length === 0) return []
  if (has(folder, 'eslint') && hasEslintConfig(folder)) {
    const ending = await run(['eslint', '--format', 'json', '--no-color', ...code], {
      cwd: folder,
      env,
      path,
      within: 5,
    })

    return complaintsOr(ending, readEslint(ending.stdout, folder))
  }
  if (!has(folder, '@biomejs/biome')) return null
  const ending = await runBiome(['check', '--formatter-enabled=false'], code, { folder, env, path })

  return complaintsOr(ending, readBiome(ending.stdout))
}

/** Null where the app has no formatter. */
export async function format(
  { folder, env, path }: Workshop,
  files: readonly string[],
): Promise<Complaints | null> {
  const there = files.filter((file) => existsSync(join(folder, file)))
  if (has(folder, '@biomejs/biome')) {
    const ending = await runBiome(['format'], there, { folder, env, path })

    return complaintsOr(ending, readBiome(ending.stdout))
  }
  if (!has(folder, 'prettier')) return null
  const code = there.filter((file) => /\.([cm]?[jt]s|json|css)$/.test(file))
  const command = ['prettier', '--check', '--no-error-on-unmatched-pattern', ...code]
  const ending = await run(command, { cwd: folder, env, path, within: 5 })

  return complaintsOr(ending, readPrettier(ending.output))
}

function runBiome(
  verb: readonly string[],
  files: readonly string[],
  { folder, env, path }: Workshop,
) {
  const command = ['biome', ...verb, '--reporter=json', '--max-diagnostics=200']

  return run([...command, '--no-errors-on-unmatched', ...files], {
    cwd: folder,
    env,
    path,
    within: 5,
  })
}

/** Null where the app has no tests of its own. Those that were written are put aside meanwhile. */
export async function test(
  workshop: Workshop,
  written: readonly string[] = [],
): Promise<Tests | null> {
  const files = written.filter(isTest).map((path) => join(workshop.folder, path))
  const texts = files.map((file) => [file, readFileSync(file)] as const)
  for (const file of files) rmSync(file)
  try {
    return await testTheirs(workshop)
  } finally {
    for (const [file, text] of texts) writeFileSync(file, text)
  }
}

async function testTheirs({ folder, env, path }: Workshop): Promise<Tests | null> {
  const runner = runnerOf(folder)
  if (runner === null) return null
  const where = { cwd: folder, env: { ...env, CI: '1' }, path, within: 15 }
  if (runner !== 'other') return runWithReport(runner, [], { folder, where })

  const ending = await run(['npm', 'test', '--silent'], where)
  const tests = readTap(ending.output)

  return { ...tests, failed: complaintsOr(ending, tests.failed) }
}

function isTest(file: string): boolean {
  return /\.(test|spec|vitest)\.[cm]?[jt]s$/.test(file)
}

const RUN = {
  vitest: ['vitest', 'run', '--reporter=json', '--testTimeout=60000'],
  jest: ['jest', '--json', '--testTimeout=60000', '--forceExit'],
}

export function hasTests(folder: string): boolean {
  return runnerOf(folder) !== null
}

function runnerOf(folder: string): 'vitest' | 'jest' | 'other' | null {
  const script = readManifest(folder).scripts?.test ?? ''
  if (script === '' || /no test specified/.test(script)) return null
  if (/\bvitest\b/.test(script)) return 'vitest'

  return /\bjest\b/.test(script) ? 'jest' : 'other'
}

/** The generated tests, by the runner that they were written for. */
export async function testOurs(workshop: Workshop, files: readonly string[]): Promise<Tests> {
  const { folder, env, path } = workshop
  const where = { cwd: folder, env: { ...env, CI: '1' }, path, within: 60 }
  const ours = files.filter(isTest)
  const [first = ''] = ours
  if (/from ['"]vitest['"]/.test(readFileSync(join(folder, first), 'utf8'))) {
    const found = await runWithReport('vitest', ours, { folder, where })
    if (!found.failed[0]?.startsWith('No test files found')) return found
    const alone = await runWithReport('vitest', ours, { folder, where, alone: true })

    return { ...alone, failed: ['their runner does not look for them', ...alone.failed] }
  }

  const loader = first.endsWith('.ts') ? ['--import', 'tsx'] : []
  const command = [process.execPath, ...loader, '--test', '--test-reporter=tap', ...ours]
  const ending = await run(command, where)
  const tests = readTap(ending.output)

  return { ...tests, failed: complaintsOr(ending, tests.failed) }
}

type Run = { folder: string; where: Where; alone?: boolean }

/** `alone`: without the app's own configuration. */
async function runWithReport(
  runner: 'vitest' | 'jest',
  files: readonly string[],
  { folder, where, alone = false }: Run,
): Promise<Tests> {
  const report = join(folder, 'report-of-the-tests.json')
  const config = join(folder, 'config-of-the-tests.mjs')
  if (alone) writeFileSync(config, 'export default {}\n')
  const command = [
    ...RUN[runner],
    ...(alone ? [`--config=${config}`] : []),
    ...patience(runner, folder),
  ]
  const ending = await run([...command, `--outputFile=${report}`, ...files], where)
  const tests = readTestReport(existsSync(report) ? readFileSync(report, 'utf8') : '', folder)
  for (const file of [report, config]) rmSync(file, { force: true })

  return { ...tests, failed: complaintsOr(ending, tests.failed) }
}

/** An option that Vitest has since 1.3. */
function patience(runner: string, folder: string): string[] {
  const major = Number(installedVersion(folder, 'vitest')?.split('.')[0] ?? 0)

  return runner === 'vitest' && major > 1 ? ['--hookTimeout=60000'] : []
}

/** A tool that fails without a complaint could not do its work: that is the complaint then. */
function complaintsOr(ending: Ending, complaints: Complaints): Complaints {
  if (ending.timedOut) return [...complaints, lastWords(ending)]

  return complaints.length > 0 || ending.code === 0 ? complaints : [lastWords(ending)]
}

function has(folder: string, name: string): boolean {
  return findPackageFile(folder, name) !== null
}

function hasEslintConfig(folder: string): boolean {
  const names = readdirSync(folder)

  return (
    names.some((name) => /^(\.eslintrc|eslint\.config\.)/.test(name)) ||
    'eslintConfig' in readManifest(folder)
  )
}

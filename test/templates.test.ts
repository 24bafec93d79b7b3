import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { NEW_USER_FILES } from '../src/core/user-model/new-user.js'
import { printNewUserFiles } from '../src/core/user-model/print-new-user.js'
import { engineEnvironment } from './support/schema-engine/environment.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = join(root, '.tmp')
mkdirSync(scratch, { recursive: true })
// A client of its own: other tests write that of the example while this one reads.
const folder = mkdtempSync(join(scratch, 'templates-'))

beforeAll(() => {
  for (const name of ['prisma', 'prisma.config.ts', 'package.json']) {
    cpSync(join(root, 'examples/default', name), join(folder, name), { recursive: true })
  }
  execFileSync('npx', ['prisma', 'generate'], {
    cwd: folder,
    env: { ...process.env, ...engineEnvironment() },
    stdio: 'pipe',
    shell: process.platform === 'win32',
  })
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

// As @total-typescript/ts-reset has it, which many apps load.
const UNKNOWN = `interface JSON { parse(text: string): unknown }
interface ArrayConstructor { isArray(value: any): value is unknown[] }
interface Promise<T> {
  then<A = T, B = never>(
    done?: ((value: T) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B>
  catch<B = never>(
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<T | B>
}
`

test('every template type-checks where it lies, with all features on at once and nothing any', () => {
  writeFileSync(join(folder, 'reset.d.ts'), UNKNOWN)
  const rootDirs = ['templates/auth', 'templates/app', 'test/support/new-user']
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'templates/tsconfig.json'),
      compilerOptions: { rootDirs: [...rootDirs.map((path) => join(root, path)), folder] },
      files: ['reset.d.ts'],
    }),
  )

  const { stdout, status } = spawnSync('npx', ['tsc', '-p', folder, '--pretty', 'false'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })

  expect(stdout).toContain('templates/auth/src/plugins/session.ts')
  expect(stdout.split('\n').filter((line) => line !== '' && !isAlternative(line))).toEqual([])
  expect(status).not.toBeNull()
}, 60_000)

test('what the templates import of an app with required fields is what such an app gets', () => {
  const plain = { column: '', attributes: '', optional: false, list: false, id: false }
  const field = { ...plain, unique: false, hasDefault: false }
  const printed = printNewUserFiles({
    asked: [{ ...field, name: 'id', type: 'String', unique: true, values: [] }],
    decided: [{ ...field, name: 'createdAt', type: 'DateTime' }],
  })

  for (const { template, text } of printed.filter(({ template }) => template.endsWith('.ts'))) {
    expect(readFileSync(join(root, 'test/support/new-user', template), 'utf8')).toBe(text)
  }
  expect(printed.map(({ template }) => template)).toContain(NEW_USER_FILES.fields)
})

// Two forms of the same thing, of which an app gets one: all that the compiler may say is that
// something is there twice. What really is there twice, it says of the examples.
function isAlternative(line: string): boolean {
  return /: error TS(1117|2300|2323|2393|2451): /.test(line) || isOfMysql(line)
}

// The client here is that of SQLite, which knows one way to isolate transactions. What an app on
// MySQL gets is compiled in test/mysql.test.ts.
function isOfMysql(line: string): boolean {
  return /^ |accounts\/database\.ts\(\d+,\d+\): error TS(2322|2769): /.test(line)
}

test('no test knows the name of a file of tests: an app may call them spec', () => {
  const tests = readdirSync(join(root, 'templates/auth/test'), {
    recursive: true,
    encoding: 'utf8',
  })
  const knowing = tests.filter((path) => {
    return /\.test\.ts$/.test(path) && /\\\.test\b(?!\\)/.test(readTemplate(path))
  })

  expect(knowing).toEqual([])
})

function readTemplate(path: string): string {
  return readFileSync(join(root, 'templates/auth/test', path), 'utf8')
}

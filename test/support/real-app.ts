// Real apps on the disk, below the repository so that Node finds its packages there, and what is
// done to them from outside.

import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll } from 'vitest'

import { type Outcome, runIn } from './processes.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = join(root, '.tmp')

/** A folder for one app, gone when the test file is done. */
export function appFolder(name: string): string {
  mkdirSync(scratch, { recursive: true })
  const parent = mkdtempSync(join(scratch, `${name}-`))
  afterAll(() => rmSync(parent, { recursive: true, force: true }))

  return join(parent, name)
}

export function copyHost(name: string): string {
  const folder = appFolder(name)
  cpSync(join(root, 'test/hosts', name), folder, { recursive: true })

  return folder
}

/** Puts the packages of `examples/<name>`, as they are locked there, where an app finds them. */
export async function installAround(folder: string, name: string): Promise<Outcome> {
  const around = dirname(folder)
  for (const file of ['package.json', 'package-lock.json']) {
    cpSync(join(root, 'examples', name, file), join(around, file))
  }

  return runIn(around, NPM_CI)
}

export const NPM_CI = ['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts']

/** Runs the built command. */
export function createAuth(folder: string, ...args: string[]): Promise<Outcome> {
  return runIn(folder, [process.execPath, join(root, 'bin/create-auth.js'), ...args])
}

/** A new database on the server of this run, gone when the test file is done. */
export async function createDatabase(name: string): Promise<string> {
  const url = new URL(process.env.POSTGRES_URL ?? '')
  const server = url.href
  url.pathname = `create_auth_${name.replaceAll('-', '_')}_${process.pid}`
  const database = url.pathname.slice(1)
  await query(server, `CREATE DATABASE "${database}"`)
  afterAll(() => query(server, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`))

  return url.href
}

async function query(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(sql)
  await client.end()
}

/** Every file of an app with its bytes and the time it was written. */
export function snapshotOf(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && !/\b(node_modules|\.git)\b/.test(entry.parentPath.slice(folder.length)),
    )
    .map((entry) => join(entry.parentPath, entry.name))

  return new Map(
    paths
      .sort()
      .map((path) => [path, `${lstatSync(path).mtimeMs} ${readFileSync(path, 'base64')}`]),
  )
}

/**
 * Runs the tests of an app with a script of its package.json, its owner's as a rule. What this
 * machine does besides makes them slow, so a single test may take longer than Vitest grants.
 */
export function runTestsOf(
  folder: string,
  env: Record<string, string>,
  { script = 'test', only = [] }: { script?: string; only?: string[] } = {},
): Promise<Outcome> {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const patience = scripts[script].startsWith('vitest')
    ? ['--', '--testTimeout=60000', '--hookTimeout=60000']
    : []

  return runIn(folder, ['npm', 'run', script, ...patience, ...only], env)
}

// How many tests ran, in the words of vitest, of node:test and of Jest.
const FIGURES = [/^\s*Tests\s.*?(\d+) passed/m, /^# pass (\d+)/m, /^Tests:\s.*?(\d+) passed/m]

/** The figure that an app's own runner printed: it counts in the last line of `npm test`. */
export function passedIn(output: string): number {
  const figure = FIGURES.map((pattern) => pattern.exec(output)?.[1]).find(Boolean)

  return Number(figure ?? 0)
}

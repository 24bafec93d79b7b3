// Real apps on the disk, below the repository so that Node finds its packages there, and what is
// done to them from outside.

import { spawn } from 'node:child_process'
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll } from 'vitest'

import { engineEnvironment } from './schema-engine/environment.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = join(root, '.tmp')

// The settings of this run must not become those of an app's own run.
const {
  VITEST: _vitest,
  VITEST_MODE: _mode,
  NODE_ENV: _environment,
  DATABASE_URL: _database,
  ...inherited
} = process.env

export type Outcome = { code: number | null; output: string }

/** What an app of ours is run with: nothing of this run, and the engine for its migrations. */
export function appEnvironment(): Record<string, string | undefined> {
  return { ...inherited, ...engineEnvironment() }
}

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

/** Runs a command in an app, without a terminal. It never throws. */
export function runIn(
  folder: string,
  [command = '', ...args]: readonly string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...appEnvironment(), NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.once('error', (error) => resolve({ code: null, output: String(error) }))
    child.once('close', (code) => resolve({ code, output }))
  })
}

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

// How many tests ran, in the words of vitest and of node:test.
const FIGURES = [/^\s*Tests\s.*?(\d+) passed/m, /^# pass (\d+)/m]

/** The figure that an app's own runner printed: it counts in the last line of `npm test`. */
export function passedIn(output: string): number {
  const figure = FIGURES.map((pattern) => pattern.exec(output)?.[1]).find(Boolean)

  return Number(figure ?? 0)
}

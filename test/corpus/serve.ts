// Starts an app as its owner would.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { findFreePort } from '../support/free-port.js'
import type { App } from './apps.js'
import type { Workshop } from './checks.js'
import { type Ending, lastWords, run, start, stop } from './commands.js'
import { readManifest } from './packages.js'

export type Running = {
  origin: string
  /** What it has printed. */
  output: () => string
  stop: () => void
}

const LOADED_BEFORE = ['loopback.cjs', 'discovery.cjs'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
)
const LONGEST_START = 90_000

/** A running app, or one sentence about why it is none. */
export async function serve(
  workshop: Workshop,
  { start: own, seed }: Pick<App, 'start' | 'seed'>,
): Promise<Running | string> {
  const { folder: cwd, env, path } = workshop
  const seeded = seed === undefined ? null : await run(seed.split(' '), { cwd, env, path })
  if (seeded !== null && seeded.code !== 0) return lastWords(seeded)
  const command = own?.split(' ') ?? startCommand(workshop.folder)
  if (command === null) return 'it has no script that starts it'
  const port = await findFreePort()
  const origin = `http://127.0.0.1:${port}`
  const ending: Ending = { code: null, stdout: '', output: '', timedOut: false }
  const server = start(command, {
    cwd: workshop.folder,
    path: workshop.path,
    env: {
      NODE_OPTIONS: LOADED_BEFORE.map((file) => `--require=${file}`).join(' '),
      CORPUS_PORT: String(port),
      APP_ORIGIN: origin,
      ...workshop.env,
    },
  })
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      ending.output += text
    })
  }
  const running = { origin, output: () => ending.output, stop: () => stop(server) }
  for (const began = Date.now(); Date.now() - began < LONGEST_START; await delay(250)) {
    if (await answers(origin)) return running
    if (server.exitCode !== null || /clean exit|app crashed/i.test(ending.output)) break
  }
  stop(server)

  return lastWords(ending) || 'it ended without a word, or never listened'
}

/**
 * What stays up and needs no build, before what does. Bun loads nothing that keeps a server on this
 * machine: what its scripts start is started by Node.
 */
function startCommand(folder: string): string[] | null {
  const { scripts = {} } = readManifest(folder)
  const usable = ['dev', 'start:dev', 'dev:server', 'serve', 'start'].filter(
    (name) => scripts[name] !== undefined && !/docker|concurrently|\bbun\b/.test(scripts[name]),
  )
  const [name] = usable
  if (name !== undefined) return ['npm', 'run', '--silent', name]
  const entry = ['src/server.ts', 'src/index.ts', 'server.js'].find((path) =>
    existsSync(join(folder, path)),
  )

  return entry === undefined ? null : [process.execPath, '--import', 'tsx', entry]
}

function answers(origin: string): Promise<boolean> {
  return fetch(origin, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  )
}

const OWN_PATHS = [
  ...['/', '/health', '/healthz', '/api', '/no-such-page'],
  // What describes every route of the app, ours too.
  ...['/docs', '/docs/json', '/documentation/json', '/openapi.json', '/swagger.json'],
]

/** How it answers where nothing of ours is: the same before and after. */
export async function askOwnPaths({ origin }: Running): Promise<string[]> {
  const answersOf = OWN_PATHS.map(async (path) => {
    // An app may end with the first request that asks its database.
    const response = await fetch(origin + path, { redirect: 'manual' }).catch(() => null)
    if (response === null) return `GET ${path}: no answer`

    return `GET ${path}: ${response.status} ${response.headers.get('content-type') ?? ''}`
  })

  return Promise.all(answersOf)
}

// An app as the command writes it, migrated and running in a process of its own.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { engineEnvironment } from '../support/schema-engine/environment.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const prisma = join(root, 'node_modules/prisma/build/index.js')

// The settings of this test run must not become those of the app.
const { VITEST: _vitest, VITEST_MODE: _mode, NODE_ENV: _environment, ...inherited } = process.env
const env = { ...inherited, ...engineEnvironment() }

export type RunningApp = { origin: string; stop: () => Promise<void> }

export async function startApp(): Promise<RunningApp> {
  const parent = createFolder()
  const folder = await createApp(parent)
  const origin = `http://127.0.0.1:${await findFreePort()}`
  const server = startServer(folder, origin)

  try {
    await waitUntilItAnswers(origin, server)
  } catch (error) {
    server.kill()
    throw error
  }

  return {
    origin,
    async stop() {
      server.kill()
      if (server.exitCode === null) await once(server, 'exit')
      rmSync(parent, { recursive: true, force: true })
    },
  }
}

// Below this repository, so that the packages of the app are found here and none are installed.
function createFolder(): string {
  mkdirSync(join(root, '.tmp'), { recursive: true })

  return mkdtempSync(join(root, '.tmp/browser-'))
}

async function createApp(parent: string): Promise<string> {
  const folder = join(parent, 'my-app')
  await run(['bin/create-auth.js', 'new', folder, '--yes', '--skip-install'], root)
  await Promise.all([run([prisma, 'generate'], folder), run([prisma, 'migrate', 'deploy'], folder)])

  return folder
}

function run(command: string[], cwd: string) {
  return promisify(execFile)(process.execPath, command, { cwd, env })
}

function startServer(folder: string, origin: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: folder,
    env: { ...env, PORT: new URL(origin).port, APP_ORIGIN: origin, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')

  return typeof address === 'object' && address ? address.port : 0
}

async function waitUntilItAnswers(origin: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && server.exitCode === null; attempt += 1) {
    const answered = await fetch(`${origin}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await setTimeout(100)
  }

  throw new Error(`The app did not answer at ${origin}/healthz`)
}

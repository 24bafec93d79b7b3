// An app as the command writes it, migrated and running in a process of its own.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { engineEnvironment } from '../support/schema-engine/environment.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'

// The settings of this test run must not become those of the app.
const { VITEST: _vitest, VITEST_MODE: _mode, NODE_ENV: _environment, ...inherited } = process.env
const env = { ...inherited, ...engineEnvironment() }

export type RunningApp = { origin: string; stop: () => Promise<void> }

export async function startApp(): Promise<RunningApp> {
  const parent = createFolder()
  const folder = createApp(parent)
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

function createApp(parent: string): string {
  const folder = join(parent, 'my-app')
  const command = ['bin/create-auth.js', 'new', folder, '--yes', '--skip-install']

  execFileSync(process.execPath, command, { cwd: root, env, stdio: 'pipe' })
  execFileSync(npx, ['prisma', 'generate'], { cwd: folder, env, stdio: 'pipe' })
  execFileSync(npx, ['prisma', 'migrate', 'deploy'], { cwd: folder, env, stdio: 'pipe' })

  return folder
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

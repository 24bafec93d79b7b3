// The server of a real app, in a process of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

import { appEnvironment } from './app-environment.js'
import { findFreePort } from './free-port.js'

export type RunningServer = {
  origin: string
  stop: () => Promise<void>
  /** As `kill -9` does it: nothing of the process runs any more. */
  kill: () => Promise<void>
}

const FROM_SOURCE = ['--import', 'tsx', 'src/server.ts']

/** Starts the server on a free port of this machine, and waits until it answers. */
export async function startServer(
  folder: string,
  env: Record<string, string> = {},
  entry: readonly string[] = FROM_SOURCE,
): Promise<RunningServer> {
  const origin = `http://127.0.0.1:${await findFreePort()}`
  const server = spawn(process.execPath, entry, {
    cwd: folder,
    env: {
      ...appEnvironment(),
      PORT: new URL(origin).port,
      APP_ORIGIN: origin,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill(signal)
    await once(server, 'exit')
  }
  const stop = () => end('SIGTERM')

  try {
    await waitUntilItAnswers(origin, server)
  } catch (error) {
    await stop()
    throw error
  }

  return { origin, stop, kill: () => end('SIGKILL') }
}

async function waitUntilItAnswers(origin: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && server.exitCode === null; attempt += 1) {
    const answered = await fetch(`${origin}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await delay(200)
  }
  throw new Error(`The app did not answer at ${origin}.`)
}

// Runs the tools of an app. Each has its time, and takes all it started with it.

import { type ChildProcess, spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import { appEnvironment } from '../support/app-environment.js'

export type Ending = {
  code: number | null
  stdout: string
  /** Both streams. */
  output: string
  timedOut: boolean
}

export type Where = {
  cwd: string
  env?: Record<string, string>
  /** Folders with programs that the app expects on its PATH. */
  path?: readonly string[]
  /** In minutes. */
  within?: number
}

const LONGEST = 10
const running = new Set<ChildProcess>()

/** It never throws: a program that cannot be started has ended without a code. */
export function run(command: readonly string[], where: Where): Promise<Ending> {
  return new Promise((done) => {
    const child = start(command, where)
    const ending: Ending = { code: null, stdout: '', output: '', timedOut: false }
    const patience = setTimeout(
      () => {
        ending.timedOut = true
        stop(child)
      },
      (where.within ?? LONGEST) * 60_000,
    )
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      ending.stdout += text
      ending.output += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      ending.output += text
    })
    child.once('error', (error) => {
      ending.output += String(error)
      end(null)
    })
    child.once('close', end)

    function end(code: number | null) {
      clearTimeout(patience)
      stop(child)
      done({ ...ending, code })
    }
  })
}

/** Starts a program as the leader of a group, which `stop` ends as a whole. */
export function start([file = '', ...args]: readonly string[], where: Where): ChildProcess {
  const { cwd, env = {}, path = [] } = where
  const inherited = appEnvironment()
  const child = spawn(file, args, {
    cwd,
    env: {
      ...inherited,
      NO_COLOR: '1',
      COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
      // Of `npm run --silent corpus` as well: an install that fails says why.
      npm_config_loglevel: 'warn',
      // pnpm would replace itself with the version that an app names, from outside the registry.
      npm_config_manage_package_manager_versions: 'false',
      pnpm_config_pm_on_fail: 'ignore',
      ...env,
      PATH: [...path, `${cwd}/node_modules/.bin`, inherited.PATH].join(delimiter),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.add(child)
  child.once('close', () => running.delete(child))

  return child
}

export function stop({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group has ended already.
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of running) stop(child)
    process.exit(130)
  })
}

// The same words are the same complaint in either copy.
const FOLDER_OF_A_COPY = /\/\S*\/apps\/[^/\s]+\/(?:before|after)\//g

/** The lines that tell what went wrong: those that speak of an error, or the last ones. */
export function lastWords({ output, timedOut }: Ending, count = 3): string {
  const lines = stripVTControlCharacters(output)
    .replaceAll(FOLDER_OF_A_COPY, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== '' && !/^(at |npm (warn|notice)|npm error (A complete|$)|JSON report)/i.test(line),
    )
  const errors = lines.filter((line) => /error|cannot|failed|missing|not |no test/i.test(line))
  const words = (errors.length > 0 ? errors.slice(0, count) : lines.slice(-count)).join(' / ')

  return `${timedOut ? 'took too long: ' : ''}${words.slice(0, 300)}`
}

/** Runs the app's own tools: its package manager and its Prisma. Never through a shell. */
import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import type { Facts } from '../core/facts/facts.js'
import { Problem } from '../core/problem.js'
import { showControlCharacters } from '../core/report/terminal-text.js'
import { Interrupted, onInterrupt } from './interrupt.js'
import { type Progress, startProgress } from './terminal.js'

export type PackageManager = Facts['packageManager']

export type RunOptions = {
  /** Added to this process's own environment. */
  env?: Record<string, string>
  /** What the progress line says; the command itself when absent. */
  label?: string
  onProgress?: (label: string) => Progress
}

type Ending = { code: number | null; signal: string | null; output: string }

// A run in CI makes pnpm and Yarn refuse a lock file that does not know the new packages yet.
const INSTALL: Record<PackageManager, { args: string[]; env: Record<string, string> }> = {
  npm: { args: ['install', '--no-audit', '--no-fund'], env: {} },
  pnpm: { args: ['install', '--no-frozen-lockfile'], env: {} },
  yarn: { args: ['install'], env: { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' } },
  bun: { args: ['install'], env: {} },
}

const LAST_LINES = 15
const KEPT_OUTPUT = 64 * 1024

/** Installs what package.json asks for. */
export async function installPackages(
  root: string,
  packageManager: PackageManager,
  { onProgress }: Pick<RunOptions, 'onProgress'> = {},
): Promise<void> {
  const { args, env } = INSTALL[packageManager]
  // Corepack would ask before it downloads, and nobody could answer.
  await runScript(root, packageManager, args, {
    env: { ...env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' },
    label: 'Installing packages',
    ...(onProgress && { onProgress }),
  })
}

/** Runs a program in the app's folder and returns what it printed, or fails with its last words. */
export async function runScript(
  root: string,
  command: string,
  args: readonly string[],
  { env = {}, label = [command, ...args].join(' '), onProgress = startProgress }: RunOptions = {},
): Promise<string> {
  const progress = onProgress(label)
  try {
    const ending = await run(root, command, args, env)
    if (ending.code !== 0) throw failure(root, [command, ...args].join(' '), ending)

    return ending.output
  } finally {
    progress.stop()
  }
}

/** A program and its arguments as `spawn` takes them on this platform. */
export function spawnable(command: string, args: readonly string[], platform = process.platform) {
  if (platform !== 'win32' || command.toLowerCase().endsWith('.exe')) {
    return { file: command, args: [...args], windowsVerbatimArguments: false }
  }

  // npm and its like are batch files there, which only cmd.exe can start, and cmd.exe reads
  // `&`, `%` and quotes as commands: nothing but harmless words may reach it.
  const words = [command, ...args]
  const unsafe = words.find((word) => !/^[\w@.\\/:=,+-]+$/.test(word))
  if (unsafe !== undefined) {
    throw new Problem(
      `${JSON.stringify(unsafe)} cannot be passed to a program safely.`,
      'Rename it.',
    )
  }

  return {
    file: process.env.ComSpec ?? 'cmd.exe',
    args: ['/d', '/s', '/c', `"${words.join(' ')}"`],
    windowsVerbatimArguments: true,
  }
}

function run(root: string, command: string, args: readonly string[], env: Record<string, string>) {
  const { file, ...rest } = spawnable(command, args)

  return new Promise<Ending>((done, fail) => {
    const child = spawn(file, rest.args, {
      cwd: root,
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsVerbatimArguments: rest.windowsVerbatimArguments,
      windowsHide: true,
    })
    let interrupted = false
    const stopListening = onInterrupt((signal) => {
      interrupted = true
      child.kill(signal)
    })
    let output = ''
    const keep = (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT)
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', (error) => {
      stopListening()
      fail(cannotStart(root, command, error))
    })
    child.on('close', (code, signal) => {
      stopListening()
      if (interrupted) fail(new Interrupted(`Interrupted while ${command} was running.`))
      else done({ code, signal, output })
    })
  })
}

function environment(added: Record<string, string>): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...inherited } = process.env

  return { ...inherited, NO_COLOR: '1', ...added }
}

function failure(root: string, command: string, { code, signal, output }: Ending) {
  // Colours and a cursor that goes back are printed by some whatever they are told.
  const text = stripVTControlCharacters(output).replace(/\r\n?/g, '\n')
  const lines = showControlCharacters(text).trim().split('\n').slice(-LAST_LINES)
  const ending = signal === null ? `ended with code ${code}` : `was ended by ${signal}`
  const words = lines.join('\n').trim()

  return new Problem(
    words === '' ? `${command} ${ending}.` : `${command} ${ending}:\n${words}`,
    `Run it by hand: cd ${root} && ${command}`,
  )
}

function cannotStart(root: string, command: string, error: Error) {
  if (!('code' in error) || error.code !== 'ENOENT') return error

  return new Problem(
    `${command} could not be started in ${root}: there is no such program.`,
    `Install ${command} or put it on your PATH, and run the command again.`,
  )
}

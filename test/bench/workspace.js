// A folder for everything a run needs. It is inside the repository, so that the apps in it find
// the repository's packages, and gone afterwards, also when the run is interrupted.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const COMMAND = join(ROOT, 'bin/create-auth.js')

/** @returns {string} */
export function createWorkspace() {
  const parent = join(ROOT, '.tmp')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'bench-'))

  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

  return folder
}

// A run takes two or three minutes. One that takes longer than this has got stuck.
const LONGEST_RUN = 10 * 60 * 1000
const LONGEST_COMMAND = 2 * 60 * 1000

let interrupted = false

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true
  })
}

/** Whether somebody wants the run to end. It does so by failing, so that it cleans up behind it. */
export function isInterrupted() {
  return interrupted
}

export function stopWhenOver() {
  if (interrupted) throw new Error('Interrupted')
  if (performance.now() > LONGEST_RUN) throw new Error('The run takes too long; it was given up')
}

/** Runs a command of the repository's own packages. What it prints matters only when it fails. */
export function run(command, args, { cwd = ROOT, env = {} } = {}) {
  stopWhenOver()
  const path = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH}`
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env, PATH: path },
    encoding: 'utf8',
    timeout: LONGEST_COMMAND,
  })
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }

  return stdout
}

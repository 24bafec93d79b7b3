/** Real processes, killed for real in the middle of writing: the app is as before or as after. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { recover } from '../../src/shell/recover.js'
import { appOf, EARLIER, TODAY } from '../support/releases.js'
import { folderWith, run } from './command.js'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const COMMAND = join(PACKAGE, 'bin/create-auth.js')
const oldest = appOf(EARLIER.at(-1) ?? TODAY, true)

const UPGRADE = ['upgrade', '--yes', '--skip-install', '--cwd']

/** Every file with its bytes, without what runs keep for themselves. */
function tree(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })

  return new Map(
    paths
      .filter((path) => !/journal|lock$/.test(path) && statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  )
}

async function upgradedFolder(): Promise<string> {
  const folder = folderWith(oldest)
  await run([...UPGRADE, folder], PACKAGE)

  return folder
}

const commands: [string, string[], () => Promise<string>][] = [
  ['upgrade', UPGRADE, async () => folderWith(oldest)],
  ['remove --all', ['remove', '--all', '--yes', '--cwd'], async () => folderWith(oldest)],
  ['undo', ['undo', '--yes', '--cwd'], upgradedFolder],
]

// Milliseconds behind the first thing that is written.
const MOMENTS = [0, 5, 20, 60]

describe.each(commands)('%s', (_name, argv, appFor) => {
  test('killed while it writes leaves the app as it was, or as it will be', async () => {
    const [before, done] = [await appFor(), await appFor()]
    await run([...argv, done], PACKAGE)
    const states = [tree(before), tree(done)]
    expect(states[0]).not.toEqual(states[1])
    let killed = 0

    for (const moment of MOMENTS) {
      const folder = await appFor()
      killed += (await killAt(moment, [...argv, folder], folder)) ? 1 : 0
      await recover(folder)

      expect(states, `${moment} ms`).toContainEqual(tree(folder))
      expect((await run(['status', '--cwd', folder], PACKAGE)).stderr).not.toContain('interrupted')
    }
    expect(killed).toBeGreaterThan(0)
  }, 300_000)
})

/** Whether it was still running then. */
async function killAt(moment: number, argv: string[], folder: string): Promise<boolean> {
  const child = spawn(process.execPath, [COMMAND, ...argv], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (child.exitCode === null && !existsSync(join(folder, '.create-auth/journal'))) {
    await setTimeout(1)
  }
  await setTimeout(moment)
  child.kill('SIGKILL')
  const [, signal] = await ended

  return signal === 'SIGKILL'
}

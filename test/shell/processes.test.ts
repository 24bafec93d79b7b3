import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { withLock } from '../../src/shell/lock.js'
import { readProject } from '../../src/shell/read-project.js'
import { recover } from '../../src/shell/recover.js'
import { folderWith } from './support/folder.js'
import { STATES, stateOf } from './support/two-states.js'

const SCRIPT = join(import.meta.dirname, 'support/write-forever.ts')

async function startWriting(root: string, ...manner: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, root, ...manner], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  await once(child.stdout, 'data')

  return {
    output: () => output,
    async end(signal: NodeJS.Signals): Promise<unknown> {
      child.kill(signal)
      return (await ended)[0]
    },
  }
}

async function expectOneState(root: string) {
  const { project } = await readProject(root)
  expect(Object.fromEntries(project)).toEqual(STATES[stateOf(project)])
}

describe('real processes', () => {
  it('killed with -9 at any moment, an app is in one state or the other', async () => {
    const root = folderWith(STATES.odd)
    for (let round = 0; round < 5; round++) {
      const writer = await startWriting(root)
      await delay(Math.random() * 150)
      await writer.end('SIGKILL')

      // The dead process left its lock, and usually a journal.
      await withLock(root, () => recover(root))
      await expectOneState(root)
      expect(existsSync(join(root, '.create-auth'))).toBe(false)
    }
  })

  it.each([
    'SIGINT',
    'SIGTERM',
    'SIGHUP',
  ] as const)('%s while writing ends with 130, a whole state and nothing left behind', async (signal) => {
    const root = folderWith(STATES.odd)
    const writer = await startWriting(root)
    await delay(Math.random() * 50)

    expect(await writer.end(signal)).toBe(130)
    await expectOneState(root)
    expect(existsSync(join(root, '.create-auth'))).toBe(false)
  })

  it('of two runs at once one writes, and the other says who does', async () => {
    const root = folderWith(STATES.odd)
    const writers = await Promise.all([startWriting(root), startWriting(root)])
    await delay(200)
    const codes = await Promise.all(writers.map(({ end }) => end('SIGTERM')))

    expect(codes.sort()).toEqual([1, 130])
    const output = writers.map((writer) => writer.output()).join('')
    expect(output).toMatch(/Problem: Another create-auth is at work in this app \(process \d+ on /)
    await expectOneState(root)
    expect(existsSync(join(root, '.create-auth'))).toBe(false)
  })

  it('however many want to write, they do it one after the other', async () => {
    const root = folderWith(STATES.odd)
    const writers = await Promise.all([1, 2, 3].map(() => startWriting(root, 'patiently')))
    await delay(500)
    await Promise.all(writers.map(({ end }) => end('SIGTERM')))

    for (const writer of writers) expect(writer.output()).not.toMatch(/Problem|Error/)
    await expectOneState(root)
  })
})

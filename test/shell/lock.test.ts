import { mkdirSync, symlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withLock } from '../../src/shell/lock.js'
import { folderWith, snapshot } from './support/folder.js'

const LOCK = '.create-auth/lock'
const NO_SUCH_PROCESS = 2 ** 22 + 1

function lockOf(pid: number, host = hostname()) {
  return JSON.stringify({ pid, host })
}

async function expectTaken(root: string) {
  expect(await withLock(root, async () => 'done')).toBe('done')
  expect(snapshot(root)).toEqual({})
}

async function expectRefused(root: string, message: RegExp) {
  const before = snapshot(root)
  const run = withLock(root, async () => expect.unreachable())
  await expect(run).rejects.toMatchObject({ name: 'Problem', message })
  expect(snapshot(root)).toEqual(before)
}

describe('the lock', () => {
  it('is there while work is done and leaves nothing, whether that went well or not', async () => {
    const root = folderWith()
    await withLock(root, async () => expect(snapshot(root)).toHaveProperty([LOCK]))
    expect(snapshot(root)).toEqual({})

    const failing = withLock(root, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(snapshot(root)).toEqual({})
  })

  it('leaves a record folder that has something in it', async () => {
    const root = folderWith({ '.create-auth/record.json': '{}' })
    await withLock(root, async () => {})
    expect(snapshot(root)).toEqual({ '.create-auth/': '', '.create-auth/record.json': '644 {}' })
  })

  it('keeps a second run out and names the process that holds it', async () => {
    const root = folderWith()
    await withLock(root, () => expectRefused(root, new RegExp(`process ${process.pid} on`)))
  })

  it('of a process that is gone is taken over', async () => {
    await expectTaken(folderWith({ [LOCK]: lockOf(NO_SUCH_PROCESS) }))
  })

  it('of a living process, or of another machine, is not', async () => {
    await expectRefused(folderWith({ [LOCK]: lockOf(process.ppid) }), /process \d+/)
    await expectRefused(folderWith({ [LOCK]: lockOf(NO_SUCH_PROCESS, 'elsewhere') }), /elsewhere/)
  })

  it('without a readable owner is waited for, and then taken over', async () => {
    const root = folderWith({ [LOCK]: '' })
    const started = performance.now()
    await expectTaken(root)
    expect(performance.now() - started).toBeGreaterThan(300)

    // Signals to 0 and below would reach whole groups of processes.
    await expectTaken(folderWith({ [LOCK]: lockOf(-1) }))
  })

  it('is not written through a symbolic link', async () => {
    const outside = folderWith()
    const root = folderWith()
    symlinkSync(outside, join(root, '.create-auth'))
    await expectRefused(root, /symbolic link/)
    expect(snapshot(outside)).toEqual({})

    const other = folderWith()
    mkdirSync(join(other, '.create-auth'))
    symlinkSync(join(outside, 'file'), join(other, LOCK))
    await expectRefused(other, /symbolic link/)
    expect(snapshot(outside)).toEqual({})
  })

  it('fails with a reason where a file stands in place of its folder', async () => {
    await expectRefused(folderWith({ '.create-auth': '' }), /nothing was changed/)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import prompts from 'prompts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { appFolder, folderWith, run } from './command.js'

const streams = [process.stdin, process.stdout] as { isTTY?: boolean }[]
const before = streams.map(({ isTTY }) => isTTY)

beforeEach(() => {
  for (const stream of streams) stream.isTTY = true
})

afterEach(() => {
  for (const [index, stream] of streams.entries()) stream.isTTY = before[index] ?? false
})

function featuresIn(folder: string): string[] {
  return JSON.parse(readFileSync(join(folder, '.create-auth/manifest.json'), 'utf8')).features
}

describe.each(['new', 'scaffold'] as const)('somebody at a terminal who types %s', (command) => {
  function start(...flags: string[]) {
    const folder = command === 'new' ? join(folderWith([]), 'shop') : appFolder()
    const words = command === 'new' ? [folder] : ['Accounts', 'User', 'users', '--cwd', folder]

    return { folder, ended: run([command, ...words, '--skip-install', ...flags]) }
  }

  test('is asked which features to write', async () => {
    prompts.inject([['html', 'devices']])
    const { folder, ended } = start()

    expect((await ended).exitCode).toBe(0)
    expect(featuresIn(folder)).toEqual(['devices', 'html'])
  })

  test('is not asked again for what was typed', async () => {
    const { folder, ended } = start('--without', 'devices')

    expect((await ended).exitCode).toBe(0)
    expect(featuresIn(folder)).toContain('magic-link')
    expect(featuresIn(folder)).not.toContain('devices')
  })
})

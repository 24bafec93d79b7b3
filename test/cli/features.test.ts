import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FEATURES } from '../../src/core/features.js'
import { appFolder, folderWith, read, run, snapshot } from './command.js'

const PAGE = 'src/views/users/log-in.ejs'
const names = FEATURES.map(({ name }) => name)

function featuresOf(folder: string): string[] {
  return JSON.parse(read(folder, '.create-auth/record.json')).systems[0].features
}

describe('--without', () => {
  test('leaves features out, and a later run remembers', async () => {
    const folder = appFolder()

    expect((await run(['scaffold', '--without', 'html', '--cwd', folder])).exitCode).toBe(0)
    expect(existsSync(join(folder, PAGE))).toBe(false)
    expect(featuresOf(folder)).toEqual(names.filter((name) => name !== 'html').sort())
    expect((await run(['status', '--cwd', folder])).exitCode).toBe(0)
    expect((await run(['add', 'html', '--cwd', folder])).exitCode).toBe(0)
    expect(existsSync(join(folder, PAGE))).toBe(true)
  })

  test('takes a list, typed in one go or one by one', async () => {
    const [one, other] = [appFolder(), appFolder()]
    await run(['scaffold', '--without', names.join(', '), '--cwd', one])
    await run(['scaffold', ...names.flatMap((name) => ['--without', name]), '--cwd', other])

    expect([featuresOf(one), featuresOf(other)]).toEqual([[], []])
  })

  test('leaves features out of a new app', async () => {
    const parent = folderWith([])
    const flags = ['--skip-install', '--cwd', parent]

    expect((await run(['new', 'app', '--without', 'html', ...flags])).exitCode).toBe(0)
    expect(existsSync(join(parent, 'app', PAGE))).toBe(false)
  })

  test.each([
    ['scaffold'],
    ['new', 'app'],
  ])('%s: a name that is no feature is wrong usage', async (...command) => {
    const folder = command[0] === 'new' ? folderWith([]) : appFolder()
    const before = snapshot(folder)
    const { exitCode, stderr } = await run([
      ...[...command, '--without', 'html,teleport', '--cwd', folder],
    ])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('There is no feature called "teleport".\n')
    expect(stderr).toContain(`Choose from: ${names.join(', ')}.`)
    expect(snapshot(folder)).toEqual(before)
  })
})

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TEMPLATES } from '../core/planning.js'
import { appFolder, edit, packageWith, read, run, snapshot } from './command.js'

const ACCOUNTS = 'src/accounts.ts'
const template = TEMPLATES[ACCOUNTS] ?? ''

async function scaffolded() {
  const folder = appFolder()
  await run(['scaffold', '--cwd', folder])

  return folder
}

describe('scaffold --only', () => {
  const both = packageWith({
    [ACCOUNTS]: template.replace('first = 1', 'first = 10'),
    'src/plugins/pages.ts': "export const VIEWS = 'members'\n",
    'src/plugins/new.ts': 'export const added = 1\n',
  })

  test('brings that file, says what it left, and a later run brings the rest', async () => {
    const folder = await scaffolded()
    edit(folder, ACCOUNTS, (text) => `${text}// mine\n`)
    const { exitCode, stdout } = await run(['scaffold', '--only', ACCOUNTS, '--cwd', folder], both)

    expect(exitCode).toBe(0)
    expect(stdout).toContain('2 more files have changes in this version, outside src/accounts.ts')
    expect(read(folder, ACCOUNTS)).toContain('first = 10')
    expect(read(folder, 'src/plugins/pages.ts')).toBe("export const VIEWS = 'users'\n")
    expect(existsSync(join(folder, 'src/plugins/new.ts'))).toBe(false)
    expect((await run(['status', '--cwd', folder], both)).exitCode).toBe(1)

    expect((await run(['upgrade', '--cwd', folder], both)).exitCode).toBe(0)
    expect(read(folder, 'src/plugins/pages.ts')).toBe("export const VIEWS = 'members'\n")
    expect(existsSync(join(folder, 'src/plugins/new.ts'))).toBe(true)
    expect(read(folder, ACCOUNTS)).toContain('// mine')
    expect((await run(['status', '--cwd', folder], both)).exitCode).toBe(0)
  })

  test('of one version and then all of the next loses no change of either', async () => {
    const folder = await scaffolded()
    await run(['scaffold', '--only', 'src/plugins', '--cwd', folder], both)
    const last = packageWith({
      [ACCOUNTS]: template.replace('first = 1', 'first = 10').replace('last = 3', 'last = 30'),
      'src/plugins/pages.ts': "export const VIEWS = 'guests'\n",
      'src/plugins/new.ts': 'export const added = 1\n',
    })
    await run(['scaffold', '--cwd', folder], last)

    expect(read(folder, ACCOUNTS)).toContain('first = 10')
    expect(read(folder, ACCOUNTS)).toContain('last = 30')
    expect(read(folder, 'src/plugins/pages.ts')).toContain('guests')
  })

  test('of a path that is none of ours is refused, and so is any before a first run', async () => {
    const folder = await scaffolded()
    const [ours, fresh] = [snapshot(folder), appFolder()]

    for (const [cwd, path] of [
      [folder, 'src/app'],
      [fresh, ACCOUNTS],
    ] as const) {
      const { exitCode, stderr } = await run(['scaffold', '--only', path, '--cwd', cwd], both)
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining(path)])
    }
    expect(snapshot(folder)).toEqual(ours)
  })
})

test('scaffold --strict leaves as a conflict what lines cannot merge', async () => {
  const parts = ['export function first(a = 1, b = 2) {\n  return a + b\n}\n', 'b = 2', 'b = 20']
  const [code = '', from = '', to = ''] = parts
  const old = packageWith({ [ACCOUNTS]: code })
  const next = packageWith({ [ACCOUNTS]: code.replace(from, to) })
  const outcomes = []
  for (const flags of [[], ['--strict']]) {
    const folder = appFolder()
    await run(['scaffold', '--cwd', folder], old)
    edit(folder, ACCOUNTS, (text) => text.replace('a = 1', 'a = 7'))
    const { exitCode, stdout } = await run(['upgrade', ...flags, '--json', '--cwd', folder], next)
    const { operations } = JSON.parse(stdout)
    const { verb, merged } = operations.find(({ path }: { path: string }) => path === ACCOUNTS)
    outcomes.push([exitCode, verb, merged])
  }

  expect(outcomes).toEqual([
    [0, 'update', 'words'],
    [1, 'conflict', undefined],
  ])
})

test('upgrade in an app without our auth says what to run instead', async () => {
  const { exitCode, stderr } = await run(['upgrade', '--cwd', appFolder()])

  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Run create-auth scaffold first')])
})

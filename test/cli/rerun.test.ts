import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TEMPLATES } from '../core/planning.js'
import { appFolder, edit, folderWith, packageWith, read, run, snapshot } from './command.js'

const ACCOUNTS = 'src/accounts.ts'
const template = TEMPLATES[ACCOUNTS] ?? ''
const newer = packageWith({ [ACCOUNTS]: template.replace('first = 1', 'first = 10') })

async function scaffolded() {
  const folder = appFolder()
  await run(['scaffold', '--cwd', folder])

  return folder
}

/** An app whose owner and whose next version changed the same line. */
async function conflicted() {
  const folder = await scaffolded()
  edit(folder, ACCOUNTS, (text) => text.replace('first = 1', 'first = 7'))
  await run(['scaffold', '--cwd', folder], newer)

  return folder
}

describe('a run with nothing to do', () => {
  test.each([
    [['scaffold']],
    [['scaffold', '--yes', '--json']],
    [['scaffold', '--dry-run']],
    [['scaffold', 'Accounts', 'User', 'users']],
    [['add', 'html']],
    [['status']],
    [['diff']],
    [['diff', '--incoming', '--json']],
  ])('%j changes no byte and no time, of a folder either', async (argv) => {
    const folder = await scaffolded()
    const before = snapshot(folder)

    expect((await run([...argv, '--cwd', folder])).exitCode).toBe(0)
    expect(snapshot(folder)).toEqual(before)
  })

  test('does the same in a new app', async () => {
    const parent = folderWith([])
    await run(['new', 'app', '--skip-install', '--cwd', parent])
    const folder = join(parent, 'app')
    const before = snapshot(folder)
    const { exitCode, stdout } = await run(['scaffold', '--cwd', folder])

    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^ {2}identical {2}\d+ files\n$/)])
    expect(snapshot(folder)).toEqual(before)
  })
})

describe('what the owner did to a generated file', () => {
  test('is left alone while the templates stay as they are', async () => {
    const folder = await scaffolded()
    edit(folder, ACCOUNTS, (text) => `${text}// mine\n`)
    const before = snapshot(folder)

    expect((await run(['scaffold', '--cwd', folder])).exitCode).toBe(0)
    expect(snapshot(folder)).toEqual(before)
  })

  test('is kept when a new version changes other lines of it', async () => {
    const folder = await scaffolded()
    edit(folder, ACCOUNTS, (text) => `${text}// mine\n`)
    const { exitCode, stdout } = await run(['scaffold', '--cwd', folder], newer)

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}update {5}src\/accounts\.ts +merged: lines$/m)
    expect(read(folder, ACCOUNTS)).toBe(`${template.replace('first = 1', 'first = 10')}// mine\n`)
  })

  test('stays when it was to delete it, and a change to it is told', async () => {
    const folder = await scaffolded()
    rmSync(join(folder, ACCOUNTS))
    const first = await run(['scaffold', '--cwd', folder])
    const second = await run(['scaffold', '--cwd', folder], newer)

    expect([first.exitCode, second.exitCode]).toEqual([0, 0])
    expect(first.stdout).toMatch(/^ {2}deleted {4}src\/accounts\.ts$/m)
    expect(second.stdout).toMatch(/^ {2}deleted {4}src\/accounts\.ts +changed in this version$/m)
    expect(existsSync(join(folder, ACCOUNTS))).toBe(false)
  })
})

describe('a conflict', () => {
  test('is reported by every run, and made no worse, until it is resolved', async () => {
    const folder = await conflicted()
    const before = snapshot(folder)

    for (const argv of [
      ['status'],
      ['scaffold'],
      ['scaffold', '--dry-run'],
      ['scaffold', '--yes'],
    ]) {
      const { exitCode, stdout } = await run([...argv, '--cwd', folder], newer)

      expect(exitCode).toBe(1)
      expect(stdout).toMatch(/^ {2}conflict {3}src\/accounts\.ts +not merged yet; look for <{7}$/m)
    }
    expect((await run(['status', '--cwd', folder], newer)).stdout).toContain(
      'Resolve the conflicts',
    )
    expect(snapshot(folder)).toEqual(before)
  })

  test('that is resolved is done with the next run, which says so', async () => {
    const folder = await conflicted()
    edit(folder, ACCOUNTS, () => template.replace('first = 1', 'first = 17'))
    const { exitCode, stdout } = await run(['scaffold', '--cwd', folder], newer)

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}identical {2}src\/accounts\.ts +conflict resolved$/m)
    expect((await run(['status', '--cwd', folder], newer)).stdout).toMatch(
      /^ {2}edited {5}src\/accounts\.ts +\+1 −1\n {2}pristine {3}\d+ files\n$/,
    )
    expect((await run(['diff', '--cwd', folder], newer)).stdout).toContain(
      '+export const first = 17',
    )
  })
})

describe('a conflict in a git repository', () => {
  const git = (folder: string, ...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', ...args],
      { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
    )

  async function conflictedRepository() {
    const folder = await scaffolded()
    edit(folder, ACCOUNTS, (text) => text.replace('first = 1', 'first = 7'))
    git(folder, 'init', '-q')
    git(folder, 'add', '-A')
    git(folder, 'commit', '-qm', 'mine')
    await run(['scaffold', '--cwd', folder], newer)

    return folder
  }

  test('is one for git too, with the three texts that it came from', async () => {
    const folder = await conflictedRepository()

    expect(git(folder, 'diff', '--name-only', '--diff-filter=U')).toBe(`${ACCOUNTS}\n`)
    expect(git(folder, 'show', `:1:${ACCOUNTS}`)).toContain('first = 1\n')
    expect(git(folder, 'show', `:2:${ACCOUNTS}`)).toContain('first = 7\n')
    expect(git(folder, 'show', `:3:${ACCOUNTS}`)).toContain('first = 10\n')
  })

  test('that is resolved is noted although nothing is committed yet, and asks for git add', async () => {
    const folder = await conflictedRepository()
    edit(folder, ACCOUNTS, () => template.replace('first = 1', 'first = 17'))
    const status = await run(['status', '--cwd', folder], newer)
    const { exitCode, stdout } = await run(['scaffold', '--cwd', folder], newer)

    expect(status.stdout).toContain(`Next:\n  git add ${ACCOUNTS}\n`)
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('conflict resolved')])
    git(folder, 'add', ACCOUNTS)
    expect((await run(['status', '--cwd', folder], newer)).stdout).not.toContain('git add')
  })
})

test('a dry run shows what the run would do, in the same words and with the same exit code', async () => {
  const folder = await scaffolded()
  edit(folder, ACCOUNTS, (text) => text.replace('first = 1', 'first = 7'))
  const before = snapshot(folder)
  const dry = await run(['scaffold', '--dry-run', '--cwd', folder], newer)

  expect(snapshot(folder)).toEqual(before)
  expect(dry.stdout).not.toContain('.create-auth/record.json')
  const wet = await run(['scaffold', '--cwd', folder], newer)
  const report = wet.stdout.slice(0, wet.stdout.indexOf('\nNext:'))

  expect(dry.exitCode).toBe(wet.exitCode)
  expect(dry.stdout.endsWith(report)).toBe(true)
})

describe('with --json stdout is one JSON value, whatever the command', () => {
  test.each([
    [['scaffold']],
    [['scaffold', '--dry-run']],
    [['status']],
    [['diff']],
    [['diff', '--incoming']],
    [['remove', 'html']],
    [['add', 'html']],
    [['new', 'app', '--skip-install']],
    [['new', 'app', '--dry-run']],
  ])('%j', async (argv) => {
    const cwd = argv[0] === 'new' ? folderWith([]) : await scaffolded()
    const { exitCode, stdout } = await run([...argv, '--json', '--cwd', cwd])

    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toBeTypeOf('object')
  })
})

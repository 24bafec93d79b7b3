import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TEMPLATES } from '../core/planning.js'
import { appFolder, edit, folderWith, packageWith, read, run, snapshot } from './command.js'

const accounts = TEMPLATES['src/accounts.ts'] ?? ''
const newer = packageWith({ 'src/accounts.ts': accounts.replace('first = 1', 'first = 10') })

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

async function scaffolded() {
  const folder = appFolder()
  await run(['scaffold', '--cwd', folder])

  return folder
}

describe('status', () => {
  test('ends with 0 when there is nothing to do', async () => {
    const { exitCode, stdout } = await run(['status', '--cwd', await scaffolded()])

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}pristine {3}\d+ files\n$/)
  })

  test('ends with 1 and names what a scaffold would do, without doing it', async () => {
    const folder = await scaffolded()
    const before = snapshot(folder)
    const { exitCode, stdout } = await run(['status', '--cwd', folder], newer)

    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^ {2}update {5}src\/accounts\.ts$/m)
    expect(stdout).toContain('Next:\n  create-auth scaffold\n')
    expect(snapshot(folder)).toEqual(before)
  })

  test('says of each file what its owner did to it, and what it has not got yet', async () => {
    const folder = await scaffolded()
    edit(folder, 'src/accounts.ts', (text) => text.replace('last = 3', 'last = 4\n// mine'))
    edit(folder, 'src/plugins/pages.ts', (text) => text.replaceAll("'", '"').replace('\n', ';\n'))
    rmSync(join(folder, 'src/views/users/log-in.ejs'))
    const { stdout } = await run(['status', '--cwd', folder], newer)
    const data = JSON.parse((await run(['status', '--json', '--cwd', folder], newer)).stdout)

    expect(stdout.slice(0, stdout.indexOf('\n\n'))).toBe(
      [
        `  edited     src/accounts.ts               +2 −1       of ${version}, and changed since`,
        '  formatted  src/plugins/pages.ts          +1 −1',
        '  deleted    src/views/users/log-in.ejs',
        '  pristine   1 file',
      ].join('\n'),
    )
    expect(data.files).toContainEqual({
      path: 'src/accounts.ts',
      state: 'edited',
      added: 2,
      removed: 1,
      version,
      behind: true,
    })
    expect(data.operations).toContainEqual(
      expect.objectContaining({ path: 'src/accounts.ts', merged: 'lines', behind: version }),
    )
  })

  test('a conflict is open in it until the markers are gone', async () => {
    const folder = await scaffolded()
    edit(folder, 'src/accounts.ts', (text) => text.replace('first = 1', 'first = 2'))
    await run(['scaffold', '--cwd', folder], newer)
    const { stdout } = await run(['status', '--cwd', folder], newer)

    expect(stdout).toMatch(/^ {2}conflict {3}src\/accounts\.ts +\+6 −0 +look for <{7}$/m)
  })

  test('refuses to judge an app that an interrupted run left', async () => {
    const folder = appFolder({ '.create-auth/journal/list.json': '{}' })
    const before = snapshot(folder)
    const { exitCode, stderr } = await run(['status', '--cwd', folder])

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('interrupted')])
    expect(snapshot(folder)).toEqual(before)
  })
})

describe('diff', () => {
  test('shows what the owner changed since a file was generated', async () => {
    const folder = await scaffolded()
    edit(folder, 'src/accounts.ts', (text) => text.replace('last = 3', 'last = 4'))
    const { exitCode, stdout } = await run(['diff', '--cwd', folder])

    expect(exitCode).toBe(0)
    expect(stdout).toContain('-export const last = 3\n+export const last = 4\n')
    expect((await run(['diff', 'src/plugins', '--cwd', folder])).stdout).toBe('')
    expect((await run(['diff', 'src', '--cwd', folder])).stdout).toBe(stdout)
  })

  test('--incoming shows what this version would change', async () => {
    const folder = await scaffolded()
    edit(folder, 'src/accounts.ts', (text) => text.replace('last = 3', 'last = 4'))
    const { stdout } = await run(['diff', '--incoming', '--cwd', folder], newer)

    expect(stdout).toContain('-export const first = 1\n+export const first = 10\n')
    expect(stdout).not.toContain('last = 4')
  })

  test('--incoming shows it also where the owner deleted the file or holds a conflict', async () => {
    const folder = await scaffolded()
    rmSync(join(folder, 'src/accounts.ts'))
    const { stdout } = await run(['diff', '--incoming', '--cwd', folder], newer)

    expect(stdout).toContain('-export const first = 1\n+export const first = 10\n')
  })

  test('--result shows what a scaffold would leave, against what is there', async () => {
    const folder = await scaffolded()
    edit(folder, 'src/accounts.ts', (text) => text.replace('last = 3', 'last = 4'))
    const { stdout } = await run(['diff', '--result', '--cwd', folder], newer)

    expect(stdout).toContain('-export const first = 1\n+export const first = 10\n')
    expect(stdout).toContain(' export const second = 2\n')
    expect(stdout).not.toContain('+export const last')
    expect(stdout).not.toContain('.create-auth')
  })

  test('two views at once are wrong usage', async () => {
    const folder = await scaffolded()
    const { exitCode } = await run(['diff', '--incoming', '--result', '--cwd', folder])

    expect(exitCode).toBe(2)
  })

  test('a path that is not ours is an error', async () => {
    const { exitCode, stderr } = await run(['diff', 'src/app.ts', '--cwd', await scaffolded()])

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('src/app.ts')])
  })
})

describe('add and remove', () => {
  test('change the answers, there and back', async () => {
    const folder = await scaffolded()
    const page = join(folder, 'src/views/users/log-in.ejs')

    expect((await run(['remove', 'html', '--cwd', folder])).exitCode).toBe(0)
    expect(existsSync(page)).toBe(false)
    expect((await run(['add', 'html', '--cwd', folder])).exitCode).toBe(0)
    expect(existsSync(page)).toBe(true)
  })

  test('an unknown feature is wrong usage', async () => {
    const { exitCode, stderr } = await run(['add', 'teleport', '--cwd', await scaffolded()])

    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Choose from: html')])
  })

  test('without a record there is nothing to add to', async () => {
    const { exitCode, stderr } = await run(['add', 'html', '--cwd', appFolder()])

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('create-auth scaffold')])
  })
})

describe('new', () => {
  test('writes an app with auth in it, ready for its packages', async () => {
    const parent = folderWith([])
    const { exitCode, stdout, stderr } = await run([
      ...['new', 'My App', '--skip-install', '--cwd', parent],
    ])
    const folder = join(parent, 'My App')

    expect([exitCode, stderr]).toEqual([0, ''])
    expect(JSON.parse(read(folder, 'package.json'))).toMatchObject({
      name: 'my-app',
      dependencies: { argon2: '^0.44.0' },
    })
    expect(read(folder, 'src/accounts.ts')).toBe(accounts)
    expect(read(folder, '.gitignore')).toBe('node_modules\n.env\n')
    expect(read(folder, '.env')).toMatch(/^DATABASE_URL=.*\nSESSION_SECRET=[\w-]{43}\n$/)
    expect(read(folder, '.env.example')).toContain('SESSION_SECRET=change-me')
    expect(stdout).toContain('npm run dev')
    expect((await run(['status', '--cwd', folder])).exitCode).toBe(0)
  })

  test('never mixes into a folder that holds anything', async () => {
    const parent = folderWith([['app/notes.txt', 'mine']])
    const before = snapshot(parent)
    const { exitCode, stderr } = await run(['new', 'app', '--cwd', parent])

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('is not empty')])
    expect(snapshot(parent)).toEqual(before)
  })

  test('--dry-run leaves no folder behind', async () => {
    const parent = folderWith([])

    expect((await run(['new', 'app', '--dry-run', '--cwd', parent])).exitCode).toBe(0)
    expect(existsSync(join(parent, 'app'))).toBe(false)
  })

  test('an unknown database is wrong usage', async () => {
    const { exitCode, stderr } = await run([
      'new',
      'app',
      '--db',
      'oracle',
      '--cwd',
      folderWith([]),
    ])

    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('sqlite, postgresql')])
  })
})

describe('the command line', () => {
  test('help ends with 0 and lists the commands', async () => {
    const { exitCode, stdout } = await run(['--help'])

    expect(exitCode).toBe(0)
    for (const command of ['new', 'scaffold', 'status', 'diff', 'add', 'remove']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    }
  })

  test('wrong usage ends with 2', async () => {
    for (const argv of [
      ['fly'],
      ['scaffold', '--fly'],
      ['new'],
      ['scaffold', 'A', 'B', 'c', 'd'],
      [],
    ]) {
      expect((await run(argv)).exitCode).toBe(2)
    }
  })

  test('a bug says sorry in one line, and shows its stack only when asked', async () => {
    const broken = folderWith([
      ['templates/auth/src/accounts.ts', '//% if (features.nope) {\n//% }\n'],
    ])
    const { exitCode, stderr } = await run(['scaffold', '--cwd', appFolder()], broken)

    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /^Sorry, this is a bug in create-auth: [^\n]*npm bugs create-auth[^\n]*\n$/,
    )
  })
})

import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TEMPLATES } from '../core/planning.js'
import { appFolder, edit, packageWith, read, run, snapshot } from './command.js'

const ACCOUNTS = 'src/accounts.ts'
const template = TEMPLATES[ACCOUNTS] ?? ''
const newer = packageWith({ [ACCOUNTS]: template.replace('first = 1', 'first = 10') })

async function scaffolded(files: Record<string, string> = {}) {
  const folder = appFolder(files)
  await run(['scaffold', '--cwd', folder])

  return folder
}

/** All files with their bytes, without what a run keeps for undo. */
function files(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => lstatSync(join(folder, path)).isFile() && !path.includes('journal.last'))
      .map((path) => [path, readFileSync(join(folder, path), 'base64')]),
  )
}

describe('an ejected file', () => {
  test('is left alone by every run, and a change that passes it by is told', async () => {
    const folder = await scaffolded()
    await run(['eject', ACCOUNTS, '--cwd', folder])
    const before = files(folder)
    const { exitCode, stdout } = await run(['scaffold', '--cwd', folder], newer)

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}ejected {4}src\/accounts\.ts +changed in this version$/m)
    expect(read(folder, ACCOUNTS)).toBe(template)
    expect(files(folder)[ACCOUNTS]).toBe(before[ACCOUNTS])
    expect((await run(['status', '--cwd', folder], newer)).stdout).toMatch(
      /^ {2}ejected {4}src\/accounts\.ts/m,
    )
  })

  test('is not written anew when its owner moved it away, nor removed with its feature', async () => {
    const folder = await scaffolded()
    await run(['eject', 'src/views', '--cwd', folder])
    edit(folder, 'src/views/users/log-in.ejs', (text) => text)
    await run(['remove', 'html', '--cwd', folder])

    expect(existsSync(join(folder, 'src/views/users/log-in.ejs'))).toBe(true)
  })

  test('that comes back gets all it missed, merged into what its owner did', async () => {
    const folder = await scaffolded()
    await run(['eject', ACCOUNTS, '--cwd', folder])
    edit(folder, ACCOUNTS, (text) => `${text}// mine\n`)
    await run(['scaffold', '--cwd', folder], newer)
    await run(['eject', '--back', 'src', '--cwd', folder], newer)
    const { stdout } = await run(['scaffold', '--cwd', folder], newer)

    expect(stdout).toMatch(/^ {2}update {5}src\/accounts\.ts +merged: lines$/m)
    expect(read(folder, ACCOUNTS)).toBe(`${template.replace('first = 1', 'first = 10')}// mine\n`)
  })

  test('is one of ours, or the command refuses', async () => {
    const folder = await scaffolded()
    const before = snapshot(folder)
    const { exitCode, stderr } = await run(['eject', 'src/nowhere.ts', '--cwd', folder])

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('src/nowhere.ts')])
    expect(snapshot(folder)).toEqual(before)
  })

  test('can be taken back with undo', async () => {
    const folder = await scaffolded()
    const before = files(folder)
    await run(['eject', ACCOUNTS, '--cwd', folder])
    await run(['undo', '--cwd', folder])

    expect(files(folder)).toEqual(before)
  })
})

describe('remove --all', () => {
  const APPS: [name: string, files: Record<string, string>][] = [
    ['as people have them', {}],
    ['with CRLF', { '.gitignore': 'node_modules\r\ndist\r\n', '.env.example': 'A=1\r\n' }],
    ['without a last line end', { '.gitignore': 'node_modules', '.env.example': 'A=1' }],
    ['with a package.json in tabs', { 'package.json': packageInTabs() }],
  ]

  test.each(APPS)('leaves an app %s as it was before, byte for byte', async (_name, own) => {
    const folder = appFolder({
      ...own,
      '.env': 'SESSION_SECRET=mine-and-long-enough-0123456789ab\n',
    })
    const before = files(folder)
    await run(['scaffold', '--cwd', folder])
    expect(files(folder)).not.toEqual(before)
    const { stdout } = await run(['remove', '--all', '--cwd', folder])

    expect(stdout).toContain('The tables stay in your database')
    expect(files(folder)).toEqual(before)
  })

  test('keeps what its owner edited, and says what is left to do by hand', async () => {
    const folder = await scaffolded()
    edit(folder, ACCOUNTS, (text) => `${text}// mine\n`)
    edit(folder, 'prisma/schema.prisma', (text) =>
      text.replace('model UserToken {', 'model UserToken { // mine'),
    )
    const { exitCode, stdout } = await run(['remove', '--all', '--cwd', folder])

    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^ {2}kept {7}src\/accounts\.ts +edited by you$/m)
    expect(stdout).toContain(
      'By hand: prisma/schema.prisma\n  What was added at UserToken was changed',
    )
    expect(stdout).toContain('By hand: .env\n  SESSION_SECRET is never recorded')
    expect(read(folder, ACCOUNTS)).toContain('// mine')
    expect(read(folder, 'prisma/schema.prisma')).toContain('model UserToken { // mine')
    expect(read(folder, 'prisma/schema.prisma')).not.toContain('model User {')
    expect(existsSync(join(folder, '.create-auth/record.json'))).toBe(false)
  })

  test('can be taken back with undo', async () => {
    const folder = await scaffolded()
    const before = files(folder)
    await run(['remove', '--all', '--cwd', folder])
    await run(['undo', '--cwd', folder])

    expect(files(folder)).toEqual(before)
  })

  test.each([
    [['remove'], 2, /Name a feature, or pass --all/],
    [['remove', 'html', '--all'], 2, /exclude each other/],
  ])('%j is wrong usage', async (argv, code, says) => {
    const { exitCode, stderr } = await run([...argv, '--cwd', await scaffolded()])

    expect([exitCode, stderr]).toEqual([code, expect.stringMatching(says)])
  })

  test('in an app without our auth says so', async () => {
    const { exitCode } = await run(['remove', '--all', '--cwd', appFolder()])

    expect(exitCode).toBe(1)
  })
})

function packageInTabs(): string {
  const own = {
    name: 'notes',
    type: 'module',
    dependencies: { '@prisma/client': '^7.0.0', fastify: '^5.0.0' },
  }

  return JSON.stringify(
    { ...own, devDependencies: { prisma: '^7.0.0', typescript: '^5.9.0' } },
    null,
    '\t',
  )
}

import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TEMPLATES } from '../core/planning.js'
import { appFolder, edit, folderWith, packageWith, read, run, snapshot } from './command.js'

const accounts = TEMPLATES['src/accounts.ts'] ?? ''

async function scaffolded(files: Record<string, string> = {}) {
  const folder = appFolder(files)
  const result = await run(['scaffold', '--cwd', folder])

  expect(result).toMatchObject({ exitCode: 0, stderr: '' })

  return { folder, ...result }
}

describe('scaffold', () => {
  test('writes the files, says what it did and what comes next', async () => {
    const { folder, stdout } = await scaffolded()

    expect(read(folder, 'src/accounts.ts')).toBe(accounts)
    expect(stdout).toMatch(/^ {2}create {5}src\/accounts\.ts$/m)
    expect(stdout).toMatch(
      /^ {2}update {5}prisma\/schema\.prisma +\+ model User, \+ model UserToken$/m,
    )
    expect(stdout).toContain('Next:\n  npm install\n  npx prisma generate\n')
  })

  test('keeps the secret in a file for its owner alone, and says it nowhere', async () => {
    const { folder, stdout } = await scaffolded()
    const [, secret = ''] = /^SESSION_SECRET=(.+)$/m.exec(read(folder, '.env')) ?? []

    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
    expect(stdout).not.toContain(secret)
    expect(read(folder, '.create-auth/record.json')).not.toContain(secret)
  })

  test('changes no byte and no time of writing when it runs again', async () => {
    const { folder } = await scaffolded()
    const before = snapshot(folder)
    const again = await run(['scaffold', '--cwd', folder])

    expect(again.exitCode).toBe(0)
    expect(again.stdout).toMatch(/^ {2}identical {2}\d+ files\n$/)
    expect(snapshot(folder)).toEqual(before)
  })

  test('takes what the record says without being told again', async () => {
    const folder = appFolder()
    const names = ['Identity', 'Member', 'members']
    await run(['scaffold', ...names, '--no-html', '--cwd', folder])
    const before = snapshot(folder)

    expect((await run(['scaffold', '--cwd', folder])).exitCode).toBe(0)
    expect((await run(['scaffold', ...names, '--cwd', folder])).exitCode).toBe(0)
    expect(snapshot(folder)).toEqual(before)
    expect(existsSync(join(folder, 'src/views'))).toBe(false)
  })

  test('begins its routes where it is told, and goes on doing so', async () => {
    const folder = appFolder()
    await run(['scaffold', '--prefix', '/auth', '--cwd', folder])
    const before = snapshot(folder)

    expect(read(folder, '.create-auth/manifest.json')).toContain('"path": "/auth/log-in"')
    expect((await run(['scaffold', '--cwd', folder])).exitCode).toBe(0)
    expect((await run(['status', '--cwd', folder])).exitCode).toBe(0)
    expect(snapshot(folder)).toEqual(before)
  })

  test('ends with 1 and leaves markers where both changed the same place', async () => {
    const { folder } = await scaffolded()
    edit(folder, 'src/accounts.ts', (text) => text.replace('first = 1', 'first = 7'))
    const newer = packageWith({ 'src/accounts.ts': accounts.replace('first = 1', 'first = 10') })
    const result = await run(['scaffold', '--cwd', folder], newer)

    expect(result.exitCode).toBe(1)
    expect(result.stdout).toContain('conflict   src/accounts.ts')
    expect(read(folder, 'src/accounts.ts')).toContain('<<<<<<< yours\n')
  })
})

describe('nothing is written, and the reason and the next step are said,', () => {
  async function expectRefusal(folder: string, argv: string[], words: RegExp, exitCode = 1) {
    const before = snapshot(folder)
    const result = await run([...argv, '--cwd', folder])

    expect(result.exitCode).toBe(exitCode)
    expect(result.stderr).toMatch(words)
    expect(result.stderr.trim().split('\n').length).toBeLessThanOrEqual(3)
    expect(snapshot(folder)).toEqual(before)
    expect(existsSync(join(folder, '.create-auth/lock'))).toBe(false)
  }

  test('without a package.json', async () => {
    await expectRefusal(folderWith([]), ['scaffold'], /package\.json/)
  })

  test('with a package.json that is not JSON', async () => {
    await expectRefusal(appFolder({ 'package.json': '{ "name": ' }), ['scaffold'], /package\.json/)
  })

  test('without a Prisma schema, and with a broken one', async () => {
    const folder = appFolder()
    rmSync(join(folder, 'prisma'), { recursive: true })

    await expectRefusal(folder, ['scaffold'], /schema/i)
    await expectRefusal(
      appFolder({ 'prisma/schema.prisma': 'model User {' }),
      ['scaffold'],
      /schema/,
    )
  })

  test.each([
    '../x',
    '/etc/x',
    'User";process.exit()//',
    '__proto__',
    '👤',
    'a'.repeat(10_000),
  ])('for the model %.20s', async (name) => {
    await expectRefusal(
      appFolder(),
      ['scaffold', 'Identity', name, 'members'],
      /cannot be|longer/,
      2,
    )
  })

  test.each([
    'auth',
    '/',
    '/auth/',
    '/../auth',
    '/:id',
    '//evil.com',
  ])('for the prefix %s', async (prefix) => {
    await expectRefusal(
      appFolder(),
      ['scaffold', '--prefix', prefix],
      /cannot be the prefix.*\n.*--prefix \/auth/,
      2,
    )
  })

  test("where a stranger's file stands", async () => {
    await expectRefusal(
      appFolder({ 'src/accounts.ts': '// mine\n' }),
      ['scaffold'],
      /src\/accounts\.ts/,
    )
  })

  test('where a merge is not finished', async () => {
    const half = '<<<<<<< HEAD\nA=1\n=======\nA=2\n>>>>>>> other\n'

    await expectRefusal(appFolder({ '.env.example': half }), ['scaffold'], /unfinished merge/)
  })

  test('where a link leads out of the app', async () => {
    const outside = folderWith([['sentinel', 'untouched']])
    const folder = appFolder()
    symlinkSync(outside, join(folder, 'src/plugins'))

    await expectRefusal(folder, ['scaffold'], /symbolic link/)
    expect(read(outside, 'sentinel')).toBe('untouched')
  })

  test('for a record that somebody tampered with', async () => {
    const { folder } = await scaffolded()
    edit(folder, '.create-auth/record.json', (text) =>
      text.replace('"path": "src/accounts.ts"', '"path": "../../accounts.ts"'),
    )

    await expectRefusal(folder, ['scaffold'], /record\.json cannot be used/)
  })

  test('for a record of a newer version', async () => {
    const { folder } = await scaffolded()
    edit(folder, '.create-auth/record.json', (text) =>
      text.replace(/"version": "[^"]+"/, '"version": "999.0.0"'),
    )

    await expectRefusal(folder, ['scaffold'], /npx create-auth@999\.0\.0/)
  })

  test('for names that a system of the app has in part', async () => {
    const { folder } = await scaffolded()

    await expectRefusal(folder, ['scaffold', 'Accounts', 'Member', 'members'], /shares Accounts/)
  })

  test('where a file stands in the place of a folder', async () => {
    await expectRefusal(
      appFolder({ 'src/plugins': 'mine' }),
      ['scaffold'],
      /src\/plugins is not a folder/,
    )
  })

  test('with uncommitted changes, unless they are allowed', async () => {
    const folder = appFolder()
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder })
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'first')
    writeFileSync(join(folder, 'notes.txt'), 'mine')

    await expectRefusal(folder, ['scaffold'], /notes\.txt.*\n.*--allow-dirty/)
    expect((await run(['scaffold', '--allow-dirty', '--cwd', folder])).exitCode).toBe(0)
    expect((await run(['scaffold', '--cwd', folder])).exitCode).toBe(0)
  })
})

describe('--dry-run', () => {
  test('shows the changes as a diff, without secrets, and writes nothing', async () => {
    const folder = appFolder()
    const before = snapshot(folder)
    const { exitCode, stdout } = await run(['scaffold', '--dry-run', '--cwd', folder])

    expect(exitCode).toBe(0)
    expect(stdout).toContain('+++ b/src/accounts.ts\n')
    expect(stdout).toContain('+  await app.register(users, { prisma })\n')
    expect(stdout).not.toMatch(/SESSION_SECRET=[\w-]{43}/)
    expect(snapshot(folder)).toEqual(before)
    expect(existsSync(join(folder, '.create-auth'))).toBe(false)
  })
})

describe('--json', () => {
  test('puts data on stdout and nothing else', async () => {
    const folder = appFolder()
    const { exitCode, stdout } = await run(['scaffold', '--json', '--cwd', folder])
    const data = JSON.parse(stdout)

    expect(exitCode).toBe(0)
    expect(data).toMatchObject({ written: true, changes: true, leavesWork: false })
    expect(data.operations).toContainEqual({
      verb: 'create',
      path: 'src/accounts.ts',
      writes: true,
    })
    expect(data.packages.dependencies).toEqual({ argon2: '^0.44.0' })
  })

  test('says what went wrong as data too', async () => {
    const { exitCode, stdout } = await run(['scaffold', '--json', '--cwd', folderWith([])])

    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ error: expect.stringContaining('package.json') })
  })
})

test('an app in a folder with an odd name is scaffolded like any other', async () => {
  const parent = folderWith([])
  const folder = join(parent, 'my app #1 100% ünï')
  mkdirSync(folder)
  cpSync(appFolder(), folder, { recursive: true })

  expect((await run(['scaffold', '--cwd', folder])).exitCode).toBe(0)
})

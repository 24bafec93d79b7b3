import { chmodSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { app, TEMPLATES } from '../core/planning.js'
import { appFolder, asNobody, edit, folderWith, read, run, snapshot } from './command.js'

/** Runs a command that must fail: with a reason, with a next step, and without a trace. */
async function expectRefusal(
  folder: string,
  argv: readonly string[],
  { says, exitCode = 1, cwd = folder }: { says: RegExp; exitCode?: number; cwd?: string },
) {
  const before = snapshot(folder)
  const result = await run([...argv, '--cwd', cwd])

  expect(result.stderr).toMatch(says)
  expect(result).toMatchObject({ exitCode, stdout: '' })
  expect(result.stderr).toMatch(/^[^\n]+[.:]\n[^\n]+\n$/)
  expect(result.stderr).not.toContain('bug in create-auth')
  expect(snapshot(folder)).toEqual(before)
}

const HALF_MERGED = '<<<<<<< HEAD\nA=1\n=======\nA=2\n>>>>>>> other\n'

const WRITING = [['scaffold'], ['scaffold', '--yes', '--allow-dirty'], ['scaffold', '--dry-run']]

describe('an app that cannot have our auth is told why, and no byte or time of it changes:', () => {
  const manifest = JSON.parse(app().get('package.json') ?? '')
  const schema = app().get('prisma/schema.prisma') ?? ''
  const withPackages = (dependencies: object, devDependencies: object = {}) => ({
    'package.json': JSON.stringify({ ...manifest, dependencies, devDependencies }),
  })

  const CASES: [name: string, files: Record<string, string>, says: RegExp][] = [
    ['no JSON in package.json', { 'package.json': '{ "name": ' }, /not valid JSON at line 1/],
    ['a list in package.json', { 'package.json': '[]' }, /holds no object/],
    ['no Fastify', withPackages({ '@prisma/client': '7' }), /does not list fastify/],
    ['Fastify 3', withPackages({ fastify: '^3.29.0', prisma: '7' }), /uses Fastify 3/],
    ['Fastify 3', withPackages({ fastify: '^3.29.0', prisma: '7' }), /uses Fastify 3/],
    ['no Prisma', withPackages({ fastify: '5' }), /neither prisma nor @prisma\/client/],
    ['Prisma 4', withPackages({ fastify: '5', prisma: '^4.16.0' }), /uses Prisma 4/],
    [
      'a schema that ends too early',
      { 'prisma/schema.prisma': `${schema}model A {` },
      /not closed/,
    ],
    ['no datasource', { 'prisma/schema.prisma': 'model A {\n  id Int @id\n}\n' }, /no datasource/],
    [
      'MongoDB',
      { 'prisma/schema.prisma': schema.replace('"sqlite"', '"mongodb"') },
      /is for MongoDB/,
    ],
    [
      'a user model that cannot log in',
      { 'prisma/schema.prisma': `${schema}model User {\n  id Decimal @id\n}\n` },
      /id of type Decimal/,
    ],
    [
      'models with both names of our tokens',
      {
        'prisma/schema.prisma': `${schema}model UserToken {\n  id Int @id\n}\nmodel AuthUserToken {\n  id Int @id\n}\n`,
      },
      /no room for a model "UserToken"/,
    ],
    [
      'a table with the name of ours',
      { 'prisma/schema.prisma': `${schema}model Person {\n  id Int @id\n  @@map("users")\n}\n` },
      /"users" belongs to the model "Person"/,
    ],
    [
      'an enum with the name of our model',
      { 'prisma/schema.prisma': `${schema}enum User {\n  A\n}\n` },
      /an enum of that name/,
    ],
    ['a file of theirs', { 'src/accounts.ts': '// mine\n' }, /src\/accounts\.ts/],
    ['a file for a folder', { 'src/plugins': 'mine' }, /src\/plugins is not a folder/],
    ['a half record', { '.create-auth/record.json': '{' }, /record\.json cannot be used/],
    ['an interrupted run', { '.create-auth/journal/list.json': '{}' }, /interrupted/],
    ...['package.json', 'prisma/schema.prisma', 'src/app.ts', '.gitignore', '.env.example'].map(
      (path): [string, Record<string, string>, RegExp] => [
        `an unfinished merge in ${path}`,
        { [path]: `${HALF_MERGED}${app().get(path) ?? ''}` },
        new RegExp(`${path.replaceAll('.', '\\.')} holds an unfinished merge`),
      ],
    ),
  ]

  test.each(CASES)('%s', async (_name, files, says) => {
    const folder = appFolder(files)

    // A file of theirs is shown in a dry run among all the others.
    const commands = 'src/accounts.ts' in files ? WRITING.slice(0, 2) : WRITING
    // An interrupted run is looked at under the lock, and a lock touches its folder.
    const isInterrupted = '.create-auth/journal/list.json' in files
    for (const argv of isInterrupted ? WRITING.slice(2) : commands) {
      await expectRefusal(folder, argv, { says })
    }
  })

  test('no package.json', async () => {
    for (const argv of WRITING) {
      await expectRefusal(folderWith([]), argv, { says: /no package\.json in this folder/ })
    }
  })

  test('several apps and no word about which', async () => {
    const apps = ['apps/a', 'apps/b'].flatMap((folder) => [
      [`${folder}/package.json`, '{ "dependencies": { "fastify": "5" } }'] as [string, string],
    ])
    const folder = folderWith([['package.json', '{ "workspaces": ["apps/*"] }'], ...apps])

    await expectRefusal(folder, ['scaffold'], { says: /several.*"apps\/a", "apps\/b"\.\n.*--cwd/ })
  })

  test('another run at work', async () => {
    const lock = JSON.stringify({ pid: process.pid, host: hostname() })
    const folder = appFolder({ '.create-auth/lock': lock })
    const before = snapshot(folder)
    const { exitCode, stderr } = await run(['scaffold', '--cwd', folder])

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Another create-auth')])
    expect(snapshot(folder)).toEqual(before)
  })
})

describe('a symbolic link is never written through, nor taken for what it leads to:', () => {
  test.each([
    ['src/accounts.ts', 'a file that we would write'],
    ['src/plugins', 'a folder that we would write into'],
    ['.create-auth', 'our own folder'],
  ])('%s, %s', async (path) => {
    const outside = folderWith([['sentinel', 'untouched']])
    const folder = appFolder()
    symlinkSync(path.endsWith('.ts') ? join(outside, 'sentinel') : outside, join(folder, path))
    const before = snapshot(outside)

    for (const argv of WRITING) await expectRefusal(folder, argv, { says: /is a symbolic link/ })
    expect(snapshot(outside)).toEqual(before)
  })

  test('a schema behind one is missing, and the message says why', async () => {
    const folder = appFolder()
    renameSync(join(folder, 'prisma/schema.prisma'), join(folder, 'elsewhere'))
    symlinkSync('../elsewhere', join(folder, 'prisma/schema.prisma'))

    await expectRefusal(folder, ['scaffold'], {
      says: /no Prisma schema.*\n.*not followed: "prisma\/schema\.prisma"/,
    })
  })
})

describe('where the disk says no, everything stays as it was:', () => {
  test('an app that somebody else owns', async () => {
    const folder = appFolder()
    await run(['scaffold', '--dry-run', '--cwd', folder])
    chmodSync(folder, 0o555)
    const before = snapshot(folder)
    const result = await asNobody(() => run(['scaffold', '--cwd', folder]))
    chmodSync(folder, 0o755)

    expect(result.exitCode).toBe(1)
    expect(result.stderr).toMatch(/^Writing failed: permission was denied.*nothing was changed\.\n/)
    expect(result.stderr).toMatch(/\nMake it writable for you and run the command again\.\n$/)
    expect([...snapshot(folder)].slice(1)).toEqual([...before].slice(1))
  })

  test('a file that cannot be read is not taken for an empty one', async () => {
    const folder = appFolder()
    chmodSync(join(folder, 'package.json'), 0o000)
    const { exitCode, stderr } = await asNobody(() => run(['scaffold', '--cwd', folder]))

    expect(exitCode).toBe(1)
    expect(stderr).toContain('Some files could not be read: "package.json".')
  })

  test('a folder in which no new app can be made', async () => {
    const parent = folderWith([])
    chmodSync(parent, 0o555)
    const before = snapshot(parent)
    const argv = ['new', 'deep/app', '--skip-install', '--cwd', parent]
    const { exitCode, stderr } = await asNobody(() => run(argv))

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('permission was denied')])
    expect(snapshot(parent)).toEqual(before)
  })
})

describe('wrong usage ends with 2:', () => {
  test.each([
    'select',
    'groups',
    'sqlite_users',
    'Members',
    'class',
    '../x',
    '',
  ])('the plural %j', async (plural) => {
    await expectRefusal(appFolder(), ['scaffold', 'Identity', 'Member', plural], {
      says: /cannot be/,
      exitCode: 2,
    })
  })

  test.each([
    'CON',
    'a/b',
    '..\\x',
    '`x`',
    '*/',
    'constructor',
    'a\nb',
    '',
    'Promise',
    'Prisma',
  ])('the model %j', async (model) => {
    await expectRefusal(appFolder(), ['scaffold', 'Identity', model, 'members'], {
      says: /cannot be the model/,
      exitCode: 2,
    })
  })

  test.each([
    [['scaffold', '--flying'], /^Unknown option '--flying'\.\ncreate-auth --help/],
    [['scaffold', '--jsn'], /\nDid you mean --json\?\n/],
    [['new', 'app', '--db', 'oracle'], /Allowed choices are sqlite, postgresql\./],
    [['new'], /^Missing required argument 'dir'\./],
    [['add', 'nonsense'], /no feature called "nonsense"\.\nChoose from: html, magic-link/],
    [['add'], /^Missing required argument 'feature'\./],
  ])('%j', async (argv, says) => {
    await expectRefusal(appFolder(), argv, { says, exitCode: 2 })
  })

  test('a command that does not exist', async () => {
    expect(await run(['fly'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Unknown command 'fly'.\ncreate-auth --help says what there is.\n",
    })
  })

  test.each([
    ['scaffold'],
    ['status'],
    ['diff'],
    ['add', 'html'],
  ])('%s in a folder that does not exist, which it does not make', async (...argv) => {
    const folder = appFolder()
    const cwd = join(folder, 'nowhere')

    await expectRefusal(folder, argv, { says: /There is no folder/, exitCode: 2, cwd })
  })

  test('a file for a folder', async () => {
    const folder = appFolder()
    const cwd = join(folder, 'package.json')

    await expectRefusal(folder, ['scaffold'], { says: /There is no folder/, exitCode: 2, cwd })
  })
})

describe('new refuses', () => {
  test.each([
    ['full', /full is not empty/, 1],
    ['file', /file is a file/, 1],
    ['file/app', /file is a file/, 1],
    ['file/deep/app', /file is a file/, 1],
    ['👤', /No package name/, 2],
    ['node_modules', /No package name/, 2],
    ['...', /No package name/, 2],
  ])('%s', async (name, says, exitCode) => {
    const parent = folderWith([
      ['full/notes.txt', 'mine'],
      ['file', 'mine'],
    ])

    await expectRefusal(parent, ['new', name, '--skip-install'], { says, exitCode })
  })
})

describe('a run that is refused says so in JSON as well', () => {
  test.each([
    [['scaffold', 'Identity', '*/', 'members'], 2],
    [['scaffold', '--flying'], 2],
    [['scaffold', '--cwd', '/nowhere'], 2],
    [['status', '--cwd', '/nowhere'], 2],
    [['diff', 'src/nowhere.ts'], 1],
    [['add', 'html'], 1],
    [['remove', 'nonsense'], 2],
    [['new', '.'], 1],
  ])('%j', async (argv, exitCode) => {
    const result = await run([
      ...argv,
      '--json',
      ...(argv.includes('--cwd') ? [] : ['--cwd', appFolder()]),
    ])

    expect(result.exitCode).toBe(exitCode)
    expect(JSON.parse(result.stdout)).toEqual({
      error: expect.stringMatching(/\.$/),
      next: expect.any(String),
    })
  })
})

test('an interrupted run is put right before anything else, and that is said', async () => {
  const folder = appFolder({ '.create-auth/journal.done/list.json': '{}' })
  const { exitCode, stderr } = await run(['scaffold', '--cwd', folder])

  expect([exitCode, stderr]).toEqual([0, 'An interrupted run was found here and finished.\n'])
  expect(existsSync(join(folder, '.create-auth/journal.done'))).toBe(false)
})

test('a Latin-1 file that we would edit stays as it is', async () => {
  const folder = appFolder()
  writeFileSync(join(folder, '.env.example'), Buffer.from('# caf\xe9\nA=1\n', 'latin1'))

  await expectRefusal(folder, ['scaffold'], { says: /\.env\.example is not valid UTF-8/ })
})

test('a folder where a file of ours would go is refused before the plan is shown', async () => {
  const folder = appFolder()
  mkdirSync(join(folder, 'src/accounts.ts'))

  await expectRefusal(folder, ['scaffold'], { says: /src\/accounts\.ts cannot be written/ })
})

test('a record that leads out of the app is not followed by any command', async () => {
  const folder = appFolder()
  await run(['scaffold', '--cwd', folder])
  edit(folder, '.create-auth/record.json', (text) =>
    text.replace('"path": "src/accounts.ts"', '"path": "../accounts.ts"'),
  )

  for (const argv of [...WRITING, ['status'], ['diff'], ['diff', '--incoming'], ['add', 'html']]) {
    await expectRefusal(folder, argv, { says: /leads out of the app/ })
  }
  expect(TEMPLATES['src/accounts.ts']).toBe(read(folder, 'src/accounts.ts'))
})

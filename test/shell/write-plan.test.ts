import {
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../src/core/plan/plan.js'
import { writePlan } from '../../src/shell/write-plan.js'
import { folderWith, put, snapshot } from './support/folder.js'

function operation(path: string, before: string | null, after: string | null, mode?: number) {
  const verb = before === null ? 'create' : after === null ? 'remove' : 'update'

  return { verb, path, before, after, ...(mode !== undefined && { mode }) } satisfies Operation
}

describe('writing a plan', () => {
  it('creates, replaces and removes files, and leaves nothing else behind', async () => {
    const root = folderWith({ 'package.json': '{}\n', 'src/old.ts': 'old\n' })

    await writePlan(root, [
      operation('package.json', '{}\n', '{ "a": 1 }\n'),
      operation('src/accounts/user.ts', null, 'user\n'),
      operation('src/old.ts', 'old\n', null),
      operation('.env', null, 'SECRET=1\n', 0o600),
    ])

    expect(snapshot(root)).toEqual({
      '.env': '600 SECRET=1\n',
      'package.json': '644 { "a": 1 }\n',
      'src/': '',
      'src/accounts/': '',
      'src/accounts/user.ts': '644 user\n',
    })
  })

  it('keeps line ends, a byte order mark, a missing last line end and the permission bits', async () => {
    const before = '\ufeffone\r\n\ttwo'
    const root = folderWith()
    put(root, 'run.sh', before, 0o757)

    await writePlan(root, [operation('run.sh', before, `${before}\r\nthree`)])

    expect(readFileSync(join(root, 'run.sh'))).toEqual(Buffer.from('\ufeffone\r\n\ttwo\r\nthree'))
    expect(lstatSync(join(root, 'run.sh')).mode & 0o7777).toBe(0o757)
  })

  it('does not touch a file that stays the same, nor make any folder for it', async () => {
    const root = folderWith({ 'a.ts': 'a\n' })
    const longAgo = new Date('2020-01-01')
    utimesSync(join(root, 'a.ts'), longAgo, longAgo)

    await writePlan(root, [operation('a.ts', 'a\n', 'a\n'), operation('b.ts', null, null)])

    expect(statSync(join(root, 'a.ts')).mtime).toEqual(longAgo)
    expect(snapshot(root)).toEqual({ 'a.ts': '644 a\n' })
  })

  it('gives a hard link its own new text and leaves the other name alone', async () => {
    const root = folderWith({ 'outside.ts': 'shared\n' })
    linkSync(join(root, 'outside.ts'), join(root, 'inside.ts'))

    await writePlan(root, [operation('inside.ts', 'shared\n', 'mine\n')])

    expect(readFileSync(join(root, 'outside.ts'), 'utf8')).toBe('shared\n')
    expect(readFileSync(join(root, 'inside.ts'), 'utf8')).toBe('mine\n')
  })
})

describe('a plan is refused as a whole, and nothing is written, when', () => {
  async function expectRefusal(root: string, operations: Operation[], message: RegExp) {
    const before = snapshot(root)
    await expect(writePlan(root, operations)).rejects.toMatchObject({ name: 'Problem', message })
    expect(snapshot(root)).toEqual(before)
  }

  const fine = operation('fine.ts', null, 'fine\n')

  it.each([
    '../x',
    '/etc/x',
    'a/../../x',
    'a//b',
    './a',
    'C:x',
    '..\\x',
    'a\0b',
    '',
    '.git/hooks/pre-commit',
    'sub/.GIT/config',
    '.git./config',
  ])('a path leaves the app or enters git: %j', async (path) => {
    await expectRefusal(folderWith(), [fine, operation(path, null, 'x')], /not a path inside/)
  })

  it('a target is a symbolic link, even a dangling one', async () => {
    const outside = folderWith({ 'sentinel.ts': 'keep\n' })
    const root = folderWith()
    symlinkSync(join(outside, 'sentinel.ts'), join(root, 'a.ts'))
    symlinkSync(join(outside, 'missing.ts'), join(root, 'b.ts'))

    await expectRefusal(root, [fine, operation('a.ts', 'keep\n', 'mine\n')], /symbolic link/)
    await expectRefusal(root, [fine, operation('b.ts', null, 'mine\n')], /symbolic link/)
    expect(snapshot(outside)).toEqual({ 'sentinel.ts': '644 keep\n' })
  })

  it('a folder on the way is a symbolic link', async () => {
    const outside = folderWith({ 'sentinel.ts': 'keep\n' })
    const root = folderWith()
    symlinkSync(outside, join(root, 'src'))

    await expectRefusal(root, [fine, operation('src/a/b.ts', null, 'mine\n')], /symbolic link/)
    expect(snapshot(outside)).toEqual({ 'sentinel.ts': '644 keep\n' })
  })

  it('the record folder is a symbolic link', async () => {
    const outside = folderWith()
    const root = folderWith()
    symlinkSync(outside, join(root, '.create-auth'))

    await expectRefusal(root, [fine], /symbolic link/)
    expect(snapshot(outside)).toEqual({})
  })

  it('a file was changed, created or removed since it was read', async () => {
    const root = folderWith({ 'a.ts': 'edited\n' })

    await expectRefusal(root, [fine, operation('a.ts', 'read\n', 'mine\n')], /was changed/)
    await expectRefusal(root, [fine, operation('a.ts', null, 'mine\n')], /was changed/)
    await expectRefusal(root, [fine, operation('b.ts', 'read\n', 'mine\n')], /was changed/)
  })

  it('a file is not UTF-8, so that its text is not its bytes', async () => {
    const bytes = Buffer.from('caf\xe9\n', 'latin1')
    const root = folderWith({ 'a.ts': bytes })
    const lossy = bytes.toString('utf8')

    await expectRefusal(root, [fine, operation('a.ts', lossy, `${lossy}// mine\n`)], /UTF-8/)
  })

  it('two paths are one file on a disk that ignores case', async () => {
    const pair = [operation('src/User.ts', null, '1'), operation('src/user.ts', null, '2')]

    await expectRefusal(folderWith(), pair, /same file on some disks/)
  })

  it('a folder stands where a file should go, or a file where a folder should', async () => {
    const root = folderWith({ 'src.ts/index.ts': '', file: '' })
    mkdirSync(join(root, 'folder'))

    await expectRefusal(root, [fine, operation('folder', null, 'x')], /not a file/)
    await expectRefusal(root, [fine, operation('file/a.ts', null, 'x')], /not a folder/)
  })
})

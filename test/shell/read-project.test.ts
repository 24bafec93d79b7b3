import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readProject } from '../../src/shell/read-project.js'
import { LARGEST_FILE } from '../../src/shell/worth-reading.js'
import { folderWith, snapshot } from './support/folder.js'

async function pathsIn(files: Record<string, string | Buffer>) {
  const { project } = await readProject(folderWith(files))

  return [...project.keys()]
}

const empty = (paths: string[]) => Object.fromEntries(paths.map((path) => [path, '']))

describe('reading an app', () => {
  it('keeps every character: line ends, a byte order mark, tabs, no last line end', async () => {
    const files = { 'src/a.ts': '\ufeffone\r\n\ttwo\r\n', 'b.json': '{ "ü": "💡" }' }
    const { project, unreadable } = await readProject(folderWith(files))

    expect(Object.fromEntries(project)).toEqual(files)
    expect(unreadable).toEqual([])
  })

  it('reads the sources, schemas, pages and settings of an app, hidden ones too', async () => {
    const paths = [
      '.editorconfig',
      '.env',
      '.env.local',
      '.github/workflows/ci.yml',
      '.gitignore',
      '.prettierrc',
      'Dockerfile',
      'example.env',
      'package.json',
      'prisma/migrations/1/migration.sql',
      'prisma/schema.prisma',
      'src/app.mts',
      'src/build/plan.ts',
      'src/views/users/log-in.ejs',
      'tsconfig.json',
    ]
    expect(await pathsIn(empty(paths))).toEqual(paths)
  })

  it('leaves out what tools put there, and files that are not text', async () => {
    const others = [
      'node_modules/a/index.js',
      'packages/b/node_modules/a/index.js',
      '.git/config',
      '.next/a.js',
      'build/a.js',
      'coverage/a.html',
      'dist/a.js',
      'packages/b/dist/a.js',
      'logo.png',
      'dev.db',
      '.DS_Store',
      '.create-auth/lock',
      '.create-auth/journal/list.json',
      '.create-auth/journal.new/list.json',
    ]
    expect(await pathsIn(empty(others))).toEqual([])
  })

  it('reads the whole record, whatever its files are called', async () => {
    const paths = ['.create-auth/base/dist/0f3a', '.create-auth/record.json']
    expect(await pathsIn(empty(paths))).toEqual(paths)
  })

  it('knows lock files by name and does not read them', async () => {
    const { project } = await readProject(
      folderWith({ 'pnpm-lock.yaml': 'long', 'bun.lockb': '1' }),
    )
    expect(Object.fromEntries(project)).toEqual({ 'bun.lockb': '', 'pnpm-lock.yaml': '' })
  })

  it('names the files whose bytes are not their text', async () => {
    const root = folderWith({
      'latin.ts': Buffer.from('// caf\xe9\n', 'latin1'),
      'utf16.sql': Buffer.from('\ufeffselect 1', 'utf16le'),
      'huge.json': Buffer.alloc(LARGEST_FILE + 1, ' '),
      'large.prisma': Buffer.alloc(5 * 1024 * 1024 + 1, ' '),
    })
    const { project, unreadable } = await readProject(root)

    expect(unreadable).toEqual(['huge.json', 'latin.ts', 'utf16.sql'])
    expect([...project.keys()]).toContain('latin.ts')
    expect(project.get('huge.json')).toBe('')
  })

  it('does not follow symbolic links, and says where they are', async () => {
    const outside = folderWith({ 'secret.ts': 'secret' })
    const root = folderWith({ 'a.ts': '' })
    symlinkSync(outside, join(root, 'src'))
    symlinkSync(join(outside, 'secret.ts'), join(root, 'b.ts'))
    symlinkSync('.', join(root, 'loop'))
    const { project, links } = await readProject(root)

    expect([...project.keys()]).toEqual(['a.ts'])
    expect([...links].sort()).toEqual(['b.ts', 'loop', 'src'])
  })

  it('goes on where a folder is closed to it', async () => {
    const root = folderWith({ 'a.ts': '' })
    mkdirSync(join(root, 'pgdata'), { mode: 0 })
    const { project, unreadable } = await readProject(root)

    // No folder is closed to root.
    expect(unreadable).toEqual(process.getuid?.() === 0 ? [] : ['pgdata'])
    expect([...project.keys()]).toEqual(['a.ts'])
  })

  it('changes nothing', async () => {
    const root = folderWith({ 'a.ts': 'a' })
    await readProject(root)
    expect(snapshot(root)).toEqual({ 'a.ts': '644 a' })
  })

  it('says so when there is no such folder', async () => {
    const missing = join(folderWith(), 'missing')
    await expect(readProject(missing)).rejects.toMatchObject({ name: 'Problem', exitCode: 2 })
  })
})

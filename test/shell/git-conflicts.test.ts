import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clearConflicts, markConflicts, unmergedPaths } from '../../src/shell/git-conflicts.js'
import { folderWith, put, snapshot } from './support/folder.js'

const AUTHOR = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
const conflict = { path: 'a b.ts', base: 'base\n', ours: 'ours\n', theirs: 'theirs\n' }

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', [...AUTHOR, ...args], { cwd: folder, stdio: 'pipe' }).toString()
}

/** An app in a subfolder of a repository, with the conflict's file committed. */
function app(text = conflict.ours): string {
  const root = folderWith({ 'app/a b.ts': text, 'app/other.ts': 'other\n' })
  git(root, 'init', '-q', '-b', 'main')
  git(root, 'add', '-A')
  git(root, 'commit', '-q', '-m', 'first')

  return join(root, 'app')
}

describe('a conflict in git', () => {
  test('has three stages, which an editor opens its merge view for', async () => {
    const folder = app()
    await markConflicts(folder, [conflict])

    expect(await unmergedPaths(folder)).toEqual(['a b.ts'])
    expect([1, 2, 3].map((stage) => git(folder, 'show', `:${stage}:./a b.ts`))).toEqual([
      'base\n',
      'ours\n',
      'theirs\n',
    ])
    expect(git(folder, 'status', '--porcelain')).toBe('UU "app/a b.ts"\n')
  })

  test('changes no file, no commit and no reference, and nothing of other files', async () => {
    const folder = app()
    const [before, head] = [snapshot(folder), git(folder, 'log', '--all', '--format=%H %D')]
    await markConflicts(folder, [conflict])

    expect(snapshot(folder)).toEqual(before)
    expect(git(folder, 'log', '--all', '--format=%H %D')).toBe(head)
    expect(git(folder, 'diff', '--cached', '--name-only', '--diff-filter=U').trim()).toBe(
      git(folder, 'diff', '--cached', '--name-only').trim(),
    )
  })

  test('is over once its file is added, as after any merge', async () => {
    const folder = app()
    await markConflicts(folder, [conflict])
    put(folder, 'a b.ts', 'resolved\n')
    git(folder, 'add', 'a b.ts')

    expect(await unmergedPaths(folder)).toEqual([])
  })

  test('is also seen where git keeps other line ends than the disk', async () => {
    const folder = app()
    const windows = conflict.ours.replace('\n', '\r\n')
    await markConflicts(folder, [{ ...conflict, ours: windows }])

    expect(git(folder, 'show', ':3:./a b.ts')).toBe('theirs\n')
  })

  test('leaves alone what its owner staged, and what git does not know', async () => {
    const folder = app()
    put(folder, 'a b.ts', 'staged\n')
    git(folder, 'add', 'a b.ts')
    put(folder, 'new.ts', 'ours\n')
    const index = git(folder, 'ls-files', '-s')
    await markConflicts(folder, [conflict, { ...conflict, path: 'new.ts' }])

    expect(git(folder, 'ls-files', '-s')).toBe(index)
  })

  test('is taken back where the text is again what it was', async () => {
    const folder = app()
    const index = git(folder, 'ls-files', '-s')
    await markConflicts(folder, [conflict])
    await clearConflicts(folder, new Map([['a b.ts', 'another\n']]))
    expect(await unmergedPaths(folder)).toEqual(['a b.ts'])
    await clearConflicts(folder, new Map([['a b.ts', conflict.ours]]))

    expect(git(folder, 'ls-files', '-s')).toBe(index)
    expect(git(folder, 'status', '--porcelain')).toBe('')
  })

  test('needs no git: without a repository nothing happens', async () => {
    const folder = folderWith({ 'a b.ts': 'ours\n' })
    await markConflicts(folder, [conflict])

    expect(await unmergedPaths(folder)).toEqual([])
    expect(readFileSync(join(folder, 'a b.ts'), 'utf8')).toBe('ours\n')
  })
})

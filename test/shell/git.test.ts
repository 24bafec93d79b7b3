import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { gitState } from '../../src/shell/git.js'
import { folderWith, put, snapshot } from './support/folder.js'

const AUTHOR = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']

function git(folder: string, ...args: string[]) {
  execFileSync('git', [...AUTHOR, '-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    stdio: 'pipe',
  })
}

function repository(files: Record<string, string> = { 'app/a.ts': 'a\n', 'other.ts': 'o\n' }) {
  const root = folderWith(files)
  git(root, 'init', '-q', '-b', 'main')
  git(root, 'add', '-A')
  git(root, 'commit', '-q', '-m', 'first')

  return root
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the state of the app in git', () => {
  it('is clean after a commit, and dirty with each kind of change, named from the app', async () => {
    const root = repository({ 'app/a.ts': 'a\n', 'app/b.ts': 'b\n'.repeat(9), 'app/c.ts': 'c\n' })
    const app = join(root, 'app')
    expect(await gitState(app)).toEqual({ state: 'clean', dirtyPaths: [] })

    put(app, 'a.ts', 'changed')
    put(app, 'new folder/ü "new".ts', 'new')
    git(app, 'mv', 'b.ts', 'moved.ts')
    git(app, 'rm', '-q', 'c.ts')
    const { state, dirtyPaths } = await gitState(app)

    expect(state).toBe('dirty')
    expect(dirtyPaths.sort()).toEqual(['a.ts', 'b.ts', 'c.ts', 'moved.ts', 'new folder/ü "new".ts'])
  })

  it('is about the app only, not about the rest of the repository', async () => {
    const root = repository()
    put(root, 'other.ts', 'changed')
    expect((await gitState(join(root, 'app'))).state).toBe('clean')
    expect((await gitState(root)).dirtyPaths).toEqual(['other.ts'])
  })

  it('does not count installed packages or the lock of this run', async () => {
    const root = repository()
    put(root, 'app/node_modules/x/index.js', '')
    put(root, 'app/.create-auth/lock', '')
    put(root, 'app/.create-auth/journal/list.json', '')
    expect((await gitState(join(root, 'app'))).state).toBe('clean')
  })

  it('is seen on a detached head, in a new repository, in a worktree and in a submodule', async () => {
    const root = repository()
    git(root, 'checkout', '-q', '--detach')
    expect((await gitState(root)).state).toBe('clean')

    const worktree = join(folderWith(), 'tree')
    git(root, 'worktree', 'add', '-q', worktree)
    expect((await gitState(worktree)).state).toBe('clean')

    const outer = repository()
    git(outer, 'submodule', '--quiet', 'add', root, 'module')
    put(outer, 'module/app/a.ts', 'changed')
    expect((await gitState(join(outer, 'module'))).dirtyPaths).toEqual(['app/a.ts'])

    const empty = folderWith({ 'a.ts': '' })
    git(empty, 'init', '-q')
    expect(await gitState(empty)).toEqual({ state: 'dirty', dirtyPaths: ['a.ts'] })
  })

  it('is none outside a repository, and inside .git itself', async () => {
    expect(await gitState(folderWith())).toEqual({ state: 'none', dirtyPaths: [] })
    expect((await gitState(join(repository(), '.git'))).state).not.toBe('clean')
  })

  it('is unknown when git is not installed or cannot tell, and none where it has no say', async () => {
    const broken = folderWith({ '.git': 'gitdir: /nowhere\n' })
    expect((await gitState(broken)).state).toBe('unknown')

    const root = repository()
    vi.stubEnv('PATH', folderWith())
    expect((await gitState(root)).state).toBe('unknown')
    expect((await gitState(folderWith())).state).toBe('none')
  })

  it('looks at the app even inside a git hook of another repository', async () => {
    const other = repository()
    const root = repository()
    put(root, 'app/a.ts', 'changed')
    vi.stubEnv('GIT_DIR', join(other, '.git'))
    vi.stubEnv('GIT_INDEX_FILE', join(other, '.git/index'))
    expect((await gitState(root)).dirtyPaths).toEqual(['app/a.ts'])
  })

  it('writes nothing, not even the index that git would like to refresh', async () => {
    const root = repository()
    put(root, 'other.ts', 'o\n')
    mkdirSync(join(root, 'empty'))
    const before = snapshot(root)
    const indexTime = statSync(join(root, '.git/index')).mtimeMs
    await gitState(root)

    expect(snapshot(root)).toEqual(before)
    expect(statSync(join(root, '.git/index')).mtimeMs).toBe(indexTime)
  })

  it('does not run the program that a repository names for watching files', async () => {
    const root = repository()
    git(root, 'config', 'core.fsmonitor', `touch ${join('..', 'ran')}; true`)
    const before = snapshot(root)
    await gitState(root)
    expect(snapshot(root)).toEqual(before)
  })
})

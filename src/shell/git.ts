/** Asks git whether the app has uncommitted changes. Nothing here writes to a repository. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export type GitState = {
  /** `none`: not in a repository. `unknown`: in one that git could not tell about. */
  state: 'clean' | 'dirty' | 'none' | 'unknown'
  /** Changed, staged and untracked files, relative to the app's root. */
  dirtyPaths: string[]
}

export async function gitState(root: string): Promise<GitState> {
  const [place, status] = await Promise.all([
    git(root, ['rev-parse', '--is-inside-work-tree', '--show-prefix']),
    git(root, [
      'status',
      '--porcelain=v1',
      '-z',
      '--untracked-files=all',
      '--ignore-submodules=dirty',
      '--',
      '.',
      ':(exclude,glob)**/node_modules/**',
    ]),
  ])
  if (place === null || status === null) {
    return { state: hasRepositoryAbove(root) ? 'unknown' : 'none', dirtyPaths: [] }
  }
  const [inside, prefix = ''] = place.split('\n')
  if (inside !== 'true') return { state: 'none', dirtyPaths: [] }

  const dirtyPaths = parseStatus(status)
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
    .filter((path) => !isOurScratch(path))

  return { state: dirtyPaths.length === 0 ? 'clean' : 'dirty', dirtyPaths }
}

/** Git's output, or `null` when it failed or is not installed. */
export function git(root: string, args: string[], input = ''): Promise<string | null> {
  // A repository's settings may name a program to ask for changes; we do not run it.
  const safe = ['-c', 'core.fsmonitor=false', '-C', root, ...args]

  return new Promise((done) => {
    const child = execFile(
      'git',
      safe,
      { env: environment(), maxBuffer: 2 ** 28 },
      (error, output) => done(error === null ? output : null),
    )
    // It may end without reading its input.
    child.stdin?.on('error', () => {}).end(input)
  })
}

/**
 * Where git has one of these secrets: in a file that it keeps, or in what a .env once was. They
 * go in through the standard input, where no list of processes shows them.
 */
export async function whereGitHas(root: string, secrets: readonly string[]): Promise<string[]> {
  if (secrets.length === 0) return []
  const [files, history] = await Promise.all([
    git(root, ['grep', '--cached', '-l', '-z', '-F', '-f', '-'], secrets.join('\n')),
    git(root, ['log', '--format=', '-p', '--no-color', '--', '.env*', ':(glob)**/.env*']),
  ])
  const found = (files ?? '').split('\0').filter(Boolean).sort()
  if (found.length > 0) return found

  return secrets.some((secret) => history?.includes(secret)) ? ['the history of .env'] : []
}

function environment(): NodeJS.ProcessEnv {
  const kept = { ...process.env }
  // Inside a git hook these are set, and mean another folder than the app's.
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX']) delete kept[name]

  return { ...kept, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
}

/** `XY path`, each ended by a zero byte; after a rename or a copy, the old path as well. */
function parseStatus(output: string): string[] {
  const fields = output.split('\0')
  const paths: string[] = []
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? ''
    if (field === '') continue
    paths.push(field.slice(3))
    if (/[RC]/.test(field.slice(0, 2))) paths.push(fields[++index] ?? '')
  }

  return paths
}

function isOurScratch(path: string): boolean {
  return /^\.create-auth\/(journal|lock(\.\d+)?$)/.test(path)
}

function hasRepositoryAbove(root: string): boolean {
  const folder = resolve(root)
  if (existsSync(join(folder, '.git'))) return true
  const above = dirname(folder)

  return above !== folder && hasRepositoryAbove(above)
}

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { main } from '../../src/cli.js'
import { app, TEMPLATES } from '../core/planning.js'

const root = mkdtempSync(join(tmpdir(), 'create-auth-cli-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let count = 0

/** A folder of its own with these files in it. */
export function folderWith(files: Iterable<[string, string]>): string {
  count += 1
  const folder = join(root, `${count} folder`)
  mkdirSync(folder)
  writeFiles(folder, files)

  return folder
}

export function writeFiles(folder: string, files: Iterable<[string, string]>) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A small app on the disk. */
export function appFolder(files: Record<string, string> = {}): string {
  return folderWith(app(files))
}

const ADVISORY = 'advisories/CREATE-AUTH-2026-0001.json'

/** A package of the command with small templates, and what another version of it changes in them. */
export function packageWith(changes: Record<string, string> = {}): string {
  const auth = Object.entries({ ...TEMPLATES, ...changes })
  const skeleton = [...app({ 'src/server.ts': 'export const port = 3000\n' })]

  return folderWith([
    ...auth.map(([path, text]): [string, string] => [`templates/auth/${path}`, text]),
    // What the version before it wrote otherwise, as `npm run keep-release` keeps it.
    ...Object.keys(changes).flatMap((path): [string, string][] => {
      const before = TEMPLATES[path]

      return before === undefined ? [] : [[`releases/0.0.9/${path}`, before]]
    }),
    ...skeleton.map(([path, text]): [string, string] => [
      `templates/app/${path.replace('.gitignore', '_gitignore')}`,
      text,
    ]),
    ['templates/app/.env.example', 'DATABASE_URL=file:./dev.db\n'],
    [ADVISORY, readFileSync(new URL(`../../${ADVISORY}`, import.meta.url), 'utf8')],
    ...['default', 'fastify-4', 'jest'].map((name): [string, string] => [
      `examples/${name}/package.json`,
      '{ "dependencies": { "argon2": "^0.44.0" } }',
    ]),
  ])
}

const ownPackage = packageWith()

/** Runs `work` as somebody who may not write what root owns; root itself may write everything. */
export async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work()
  chmodSync(root, 0o755)
  process.seteuid?.(65534)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

/** Runs the command without a terminal, and gives back all that it said. */
export async function run(argv: readonly string[], packageFolder = ownPackage) {
  const said = { stdout: '', stderr: '' }
  const exitCode = await main(
    argv,
    {
      stdout: { write: (text) => (said.stdout += text) },
      stderr: { write: (text) => (said.stderr += text) },
    },
    packageFolder,
  )

  return { exitCode, ...said }
}

/** Everything in a folder: files with their bytes, folders, links, and when each was changed. */
export function snapshot(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .sort()

  return new Map([folder, ...paths].map((path) => [path, describe(path)]))
}

function describe(path: string): string {
  const found = lstatSync(path)
  const content = found.isFile() ? readFileSync(path, 'base64') : ''

  return [found.mtimeMs, found.mode.toString(8), content].join(' ')
}

export function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}

export function edit(folder: string, path: string, change: (text: string) => string) {
  writeFileSync(join(folder, path), change(read(folder, path)))
}

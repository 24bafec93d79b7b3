// Two copies of each app: as its owner left it, with its packages; and the one that gets its auth.

import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

import { run } from './commands.js'

// Of another version each time, and rewritten in place.
const WRITTEN_BY_TOOLS = ['.prisma', '.package-lock.json', '.vite', '.cache', '.yarn-integrity']

/** A checkout without what its owner's machine left in it, as a repository with one commit. */
export async function copyCheckout(checkout: string, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  cpSync(checkout, folder, {
    recursive: true,
    filter: (path) => !/(^|\/)(\.git|node_modules)(\/|$)/.test(relative(checkout, path)),
  })
  await commitAll(folder)
}

/** Packages are linked, which is quick: installers write new files and never into old ones. */
export async function copyWithPackages(from: string, to: string): Promise<void> {
  rmSync(to, { recursive: true, force: true })
  await run(['cp', '-al', from, to], { cwd: from })
  for (const path of pathsToUnlink(to)) {
    const original = join(from, relative(to, path))
    rmSync(path, { recursive: true, force: true })
    cpSync(original, path, { recursive: true, verbatimSymlinks: true })
  }
}

/** All but the packages, and of those what tools rewrite. */
function pathsToUnlink(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isSymbolicLink()) return []
    if (entry.name === 'node_modules') return writtenByTools(path)

    return entry.isDirectory() ? pathsToUnlink(path) : [path]
  })
}

function writtenByTools(packages: string, depth = 0): string[] {
  return readdirSync(packages, { withFileTypes: true }).flatMap((entry) => {
    const path = join(packages, entry.name)
    if (WRITTEN_BY_TOOLS.includes(entry.name)) return [path]
    // pnpm keeps a generated client four folders down: .pnpm/@prisma+client…/node_modules/.prisma
    const leads =
      entry.isDirectory() && /^(\.pnpm|@prisma\+client.*|node_modules)$/.test(entry.name)

    return leads && depth < 4 ? writtenByTools(path, depth + 1) : []
  })
}

export async function commitAll(folder: string): Promise<void> {
  const git = ['git', '-c', 'user.name=Owner', '-c', 'user.email=owner@example.com']
  if (!existsSync(join(folder, '.git'))) await run(['git', 'init', '--quiet'], { cwd: folder })
  await run(['git', 'add', '--all'], { cwd: folder })
  await run([...git, 'commit', '--quiet', '--no-verify', '--message', 'As it is'], { cwd: folder })
}

/** Takes away what an app's own tools left behind, as a build does. */
export async function restore(folder: string): Promise<void> {
  await run(['git', 'checkout', '--quiet', '.'], { cwd: folder })
  await run(['git', 'clean', '--quiet', '-fd'], { cwd: folder })
}

/** The owner's files that the command changed, relative to the app's folder. */
export async function changedFiles(root: string, folder: string): Promise<string[]> {
  const cwd = join(root, folder)
  const { stdout } = await run(['git', 'diff', '--name-only', '--relative'], { cwd })

  return stdout.split('\n').filter(Boolean)
}

/** The files of the app in a folder, relative to it. */
export async function filesOfApp(root: string, folder: string): Promise<string[]> {
  const { stdout } = await run(['git', 'ls-files'], { cwd: join(root, folder) })

  return stdout.split('\n').filter(Boolean)
}

/** Every file with its bytes, but for packages and git's own. */
export function snapshot(folder: string): Map<string, string> {
  const files = new Map<string, string>()
  const read = (path: string) => {
    if (/^(node_modules|\.git)$/.test(basename(path))) return
    const status = lstatSync(path)
    if (status.isDirectory()) for (const name of readdirSync(path)) read(join(path, name))
    if (status.isFile()) files.set(relative(folder, path), readFileSync(path, 'base64'))
  }
  read(folder)

  return files
}

/** The paths that two snapshots do not have in common, byte for byte. */
export function differences(one: Map<string, string>, other: Map<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (path) => one.get(path) !== other.get(path),
  )
}

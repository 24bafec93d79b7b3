/**
 * Reads what the repository around an app says about it: lock files and settings above it, and
 * the packages that may hold its database. The app itself is not among it.
 */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { readForeignManifest } from '../core/facts/manifest.js'
import type { Project } from '../core/project.js'
import { holdsOthersFiles, isLockFile, LARGEST_FILE } from './worth-reading.js'

/** Everything under its path from the app's root, which begins with `../`; empty without a repository. */
export function readSurroundings(root: string): Project {
  const top = repositoryAround(root)
  if (top === null) return new Map()
  const paths = filesBelow(top, '', root)
  const around = new Map<string, string>()
  const read = (path: string) => {
    const key = relative(root, join(top, path)).split(sep).join('/')
    const text = isLockFile(path) ? '' : readText(join(top, path))
    if (text !== null) around.set(key, text)

    return text
  }
  const holders = paths
    .filter((path) => DESCRIBES.test(path))
    .filter((path) => isPackage(path) && usesPrisma(read(path) ?? ''))
    .map((path) => dirname(path))
  for (const path of paths) if (DESCRIBES.test(path) && !isPackage(path)) read(path)
  for (const path of paths) {
    if (SOURCE.test(path) && holders.some((folder) => path.startsWith(`${folder}/`))) read(path)
  }

  return around
}

const DESCRIBES =
  /(?:^|\/)(?:package\.json|package-lock\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lockb?|tsconfig[^/]*\.json|\.?biome\.jsonc?|\.prettierrc[^/]*|prettier\.config\.\w+|prisma\.config\.\w+|\.gitignore|[^/]+\.prisma)$/
const SOURCE = /(?<!\.d)\.[cm]?[jt]s$/

/** Further up than any repository has its packages. */
const HIGHEST = 5

/** The folder of the repository that an app is in, when that is another one. */
function repositoryAround(root: string): string | null {
  let folder = root
  for (let steps = 0; steps <= HIGHEST; steps += 1) {
    const isTop = existsSync(join(folder, '.git')) || (folder !== root && isWorkspace(folder))
    if (isTop) return folder === root ? null : folder
    const above = dirname(folder)
    if (above === folder) return null
    folder = above
  }

  return null
}

function isWorkspace(folder: string): boolean {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return true
  const text = readText(join(folder, 'package.json'))

  return text !== null && 'workspaces' in readForeignManifest(text).entries
}

function filesBelow(top: string, folder: string, except: string): string[] {
  if (join(top, folder) === except) return []
  try {
    return readdirSync(join(top, folder), { withFileTypes: true })
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap((entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.isDirectory()) return holdsOthersFiles(path) ? [] : filesBelow(top, path, except)
        return entry.isFile() ? [path] : []
      })
  } catch {
    return []
  }
}

function isPackage(path: string): boolean {
  return path === 'package.json' || path.endsWith('/package.json')
}

function usesPrisma(text: string): boolean {
  const { ranges } = readForeignManifest(text)

  return ranges.has('@prisma/client') || ranges.has('prisma')
}

function readText(path: string): string | null {
  try {
    return lstatSync(path).size > LARGEST_FILE ? null : readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

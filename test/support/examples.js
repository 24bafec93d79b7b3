// @ts-check
// The committed examples, and how they come about: by the command itself.

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The flags of each example. */
export const EXAMPLES = {
  default: [],
  api: ['--no-html'],
}

// What running an example leaves behind, and what is each machine's own.
const NOT_COMMITTED = new Set([
  'node_modules',
  '.env',
  'dist',
  'generated',
  ...['dev.db', 'test.db'].flatMap((name) => [name, `${name}-wal`, `${name}-shm`]),
  'package-lock.json',
])

/**
 * Writes an example into a folder, in place of what the last run wrote there.
 *
 * @param {string} name
 * @param {string} folder
 */
export async function writeExample(name, folder) {
  const flags = EXAMPLES[/** @type {keyof typeof EXAMPLES} */ (name)]
  const parent = mkdtempSync(join(dirname(folder), '.example-'))
  const fresh = join(parent, 'my-app')

  try {
    execFileSync(process.execPath, [
      join(root, 'bin/create-auth.js'),
      'new',
      fresh,
      '--yes',
      '--skip-install',
      ...flags,
    ])
    for (const file of committedFiles(folder)) rmSync(join(folder, file))
    for (const file of committedFiles(fresh)) cpSync(join(fresh, file), join(folder, file))
  } finally {
    rmSync(parent, { recursive: true })
  }
}

/**
 * The files of an example by their path, without what a machine adds.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function committedFiles(folder) {
  if (!existsSync(folder)) return []

  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.split('/').some((part) => NOT_COMMITTED.has(part)))
    .sort()
}

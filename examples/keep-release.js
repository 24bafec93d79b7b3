// npm run keep-release -- v0.1.0: keeps in releases/ what a released version wrote, as far as this
// one writes it otherwise, so that upgrades from there are tested and known files are recognised.
// The version is read from the tag, so it can be run again until the next release.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TEMPLATES = 'templates/auth/'

/** Writes `releases/<version>`, and answers with the version and the templates that are in it. */
export function keepRelease(root, ref) {
  const { version } = JSON.parse(gitShow(root, ref, 'package.json'))
  const today = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  if (version === today) {
    throw new Error(`${ref} is ${version}, and so is this one: raise the version first.`)
  }
  const folder = join(root, 'releases', version)
  const changed = templatesAt(root, ref).filter(({ path, text }) => {
    const now = join(root, TEMPLATES, path)

    return !existsSync(now) || readFileSync(now, 'utf8') !== text
  })

  rmSync(folder, { recursive: true, force: true })
  for (const { path, text } of changed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  return { version, kept: changed.map(({ path }) => path) }
}

function templatesAt(root, ref) {
  const list = git(root, 'ls-tree', '-r', '-z', '--name-only', ref, TEMPLATES)

  return list
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => ({ path: path.slice(TEMPLATES.length), text: gitShow(root, ref, path) }))
}

function gitShow(root, ref, path) {
  return git(root, 'show', `${ref}:${path}`)
}

function git(root, ...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [ref] = process.argv.slice(2)
  if (ref === undefined) throw new Error('Say which release: npm run keep-release -- v0.1.0')
  const { version, kept } = keepRelease(fileURLToPath(new URL('..', import.meta.url)), ref)
  process.stdout.write(`releases/${version}: ${kept.length} templates\n`)
}

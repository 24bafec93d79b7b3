// What apps without TypeScript get looks like what those with it get: in the style of the templates.

import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { toCommonJs } from '../src/core/render/javascript/to-commonjs.js'
import { stripTypes } from '../src/core/render/strip-types.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'create-auth-javascript-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Shorter without its types, a call can take another shape. */
const OTHERWISE = [
  'test/plugins/users.test.js',
  'src/routes/users/email-change-controller.js',
  'src/routes/users/session-controller.js',
]

test.each([
  ['import', (text: string) => text],
  ['require', toCommonJs],
])(
  'the files of the examples are formatted, with %s',
  (name, convert) => {
    const target = join(folder, name)
    cpSync(join(root, 'biome.json'), join(target, 'biome.json'))
    const paths = ['default', 'api'].flatMap((example) => writeExample(example, target, convert))
    expect(paths.length).toBeGreaterThan(150)

    const biome = join(root, 'node_modules/.bin/biome')
    const flags = ['--vcs-enabled=false', '--colors=off', '--max-diagnostics=none', '--write']
    const { status, stderr } = spawnSync(biome, ['format', ...flags, '.'], {
      cwd: target,
      encoding: 'utf8',
    })
    expect(status, stderr).toBe(0)

    const changed = paths.filter(
      ([path, text]) => readFileSync(join(target, path), 'utf8') !== text,
    )
    const others = changed.map(([path]) => path.replace(/^\w+\//, ''))
    expect([...new Set(others)]).toEqual(OTHERWISE)
  },
  60_000,
)

/** What `scaffold` writes, not the frame of a new app. */
function writeExample(
  example: string,
  target: string,
  convert: (text: string) => string,
): [path: string, text: string][] {
  const auth = join(root, 'templates/auth')

  return readdirSync(auth, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(?:src|test)\/.*\.ts$/.test(path))
    .flatMap((path) => {
      const text = readIfThere(join(root, 'examples', example, path))
      if (text === null) return []
      const plain = convert(stripTypes(text.replaceAll('import.meta.dirname', '__dirname')))
      const file = join(example, path.replace(/\.ts$/, '.js'))
      mkdirSync(join(target, dirname(file)), { recursive: true })
      writeFileSync(join(target, file), plain)

      return [[file, plain]]
    })
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

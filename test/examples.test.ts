import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { appEnvironment } from './support/app-environment.js'
import { committedFiles, writeExample } from './support/examples.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = join(root, '.tmp')
const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'
const env = appEnvironment()

describe.each(['default', 'api'])('examples/%s', (name) => {
  const folder = join(root, 'examples', name)
  let parent = ''

  beforeAll(() => {
    mkdirSync(scratch, { recursive: true })
    parent = mkdtempSync(join(scratch, 'examples-'))
    execFileSync(npx, ['prisma', 'generate'], { cwd: folder, env, stdio: 'pipe' })
  }, 120_000)

  afterAll(() => rmSync(parent, { recursive: true, force: true }))

  test('is what the command writes today', async () => {
    const fresh = join(parent, name)
    mkdirSync(fresh)
    await writeExample(name, fresh)

    expect(committedFiles(fresh)).toEqual(committedFiles(folder))
    for (const file of committedFiles(fresh)) {
      expect(readFileSync(join(fresh, file), 'utf8'), file).toBe(
        readFileSync(join(folder, file), 'utf8'),
      )
    }
  }, 60_000)

  test('type-checks with every strict flag on', () => {
    const { status, stdout } = spawnSync(npx, ['tsc', '-p', '.'], { cwd: folder, encoding: 'utf8' })

    expect(stdout).toBe('')
    expect(status).toBe(0)
  }, 120_000)

  test('passes its own tests', () => {
    const { status, stdout, stderr } = spawnSync(
      npx,
      ['vitest', 'run', '--reporter=dot', '--testTimeout=60000', ...resultsOf(name)],
      { cwd: folder, env, encoding: 'utf8' },
    )

    expect(status, `${stdout}${stderr}`).toBe(0)
  }, 900_000)
})

// The figures of the run count in the last line of `npm test`.
function resultsOf(name: string): string[] {
  const folder = process.env.CREATE_AUTH_RESULTS
  if (!folder) return []

  return ['--reporter=json', `--outputFile.json=${join(folder, `example-${name}.json`)}`]
}

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { appOf, EARLIER, TODAY } from '../support/releases.js'
import { appFolder, edit, folderWith, read, run, snapshot } from './command.js'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const oldest = EARLIER.at(-1) ?? TODAY

/** An app whose record is lost. */
function lostApp(release: typeof TODAY, html = true): string {
  return folderWith([...appOf(release, html)].filter(([path]) => !path.startsWith('.create-auth/')))
}

function withoutState(folder: string): Map<string, string> {
  return new Map(
    [...snapshot(folder)].filter(([path]) => path !== folder && !path.includes('.create-auth')),
  )
}

describe('adopt', () => {
  test.each([true, false])('knows today’s files, and changes none (pages: %s)', async (html) => {
    const folder = lostApp(TODAY, html)
    const before = withoutState(folder)
    const { exitCode, stdout } = await run(['adopt', '--cwd', folder], PACKAGE)

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^ {2}identical {2}src\/accounts\.ts +\d+\.\d+\.\d+, as it was generated$/m,
    )
    expect(stdout).not.toContain('edited')
    expect(withoutState(folder)).toEqual(before)
    const status = JSON.parse((await run(['status', '--json', '--cwd', folder], PACKAGE)).stdout)
    expect(new Set(status.files.map(({ state }: { state: string }) => state))).toEqual(
      new Set(['pristine']),
    )
  })

  test('finds the version that each file came from, and the edits since; then it upgrades', async () => {
    const folder = lostApp(oldest)
    edit(folder, 'src/accounts.ts', (text) => `// mine\n${text}`)
    const { stdout } = await run(['adopt', '--cwd', folder], PACKAGE)

    expect(stdout).toMatch(/src\/plugins\/user-auth\.ts +0\.0\.1, as it was generated/)
    expect(stdout).toMatch(/src\/accounts\.ts +0\.0\.[12], edited, \+1 −0/)
    const upgrade = await run(['upgrade', '--skip-install', '--cwd', folder], PACKAGE)
    expect([upgrade.exitCode, upgrade.stderr]).toEqual([0, ''])
    expect(read(folder, 'src/accounts.ts')).toMatch(/^\/\/ mine\n/)
    expect((await run(['audit', '--cwd', folder], PACKAGE)).exitCode).toBe(0)
  })

  test('finds files that were moved, and leaves alone what is not ours', async () => {
    const app = new Map(appOf(TODAY, true))
    const text = app.get('src/accounts/password.ts') ?? ''
    app.delete('src/accounts/password.ts')
    app.set('src/lib/password.ts', text)
    app.set('src/other/errors.ts', 'export const mine = 1\n')
    const folder = folderWith([...app].filter(([path]) => !path.startsWith('.create-auth/')))
    const { stdout } = await run(['adopt', '--cwd', folder], PACKAGE)

    expect(stdout).toContain('src/lib/password.ts')
    expect(stdout).not.toContain('src/other/errors.ts')
  })

  test('refuses an app that has a record, and one that has nothing of ours', async () => {
    const known = folderWith(appOf(TODAY, true))
    const refusals = [
      [known, 'has a record'],
      [appFolder(), 'No files were found'],
    ] as const

    for (const [cwd, says] of refusals) {
      const before = snapshot(cwd)
      const { exitCode, stderr } = await run(['adopt', '--cwd', cwd], PACKAGE)
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining(says)])
      expect(snapshot(cwd)).toEqual(before)
    }
  })

  test('can be taken back with undo', async () => {
    const folder = lostApp(TODAY)
    await run(['adopt', '--cwd', folder], PACKAGE)
    await run(['undo', '--cwd', folder], PACKAGE)
    rmSync(join(folder, '.create-auth'), { recursive: true, force: true })

    expect((await run(['adopt', '--dry-run', '--cwd', folder], PACKAGE)).exitCode).toBe(0)
    expect([...snapshot(folder).keys()].some((path) => path.includes('.create-auth'))).toBe(false)
  })
})

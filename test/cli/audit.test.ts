import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { appOf, EARLIER, TODAY } from '../support/releases.js'
import { edit, folderWith, read, run, snapshot } from './command.js'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

const oldest = EARLIER.at(-1) ?? TODAY

function folderOf(release: typeof TODAY): string {
  return folderWith(appOf(release, true))
}

describe('audit', () => {
  test('says what applies, where, and what to do, and ends with 1', async () => {
    const folder = folderOf(oldest)
    const before = snapshot(folder)
    const { exitCode, stdout } = await run(['audit', '--cwd', folder], PACKAGE)

    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^critical +A password chosen by a stranger survives/)
    expect(stdout).toMatch(/src\/plugins\/user-auth\.ts:\d+ in logInUser/)
    expect(stdout).toMatch(/Next:\n {2}create-auth upgrade --security-only\n$/)
    expect(snapshot(folder)).toEqual(before)
  })

  test('of today’s code ends with 0', async () => {
    const { exitCode, stdout } = await run(['audit', '--cwd', folderOf(TODAY)], PACKAGE)

    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^None of \d+ advisories applies/),
    ])
  })

  test('finds a fix that its owner took out again, also in an ejected file', async () => {
    const folder = folderOf(TODAY)
    await run(['eject', 'src/accounts/user-token.ts', '--cwd', folder], PACKAGE)
    edit(folder, 'src/accounts/user-token.ts', (text) =>
      text
        .replace('const { count } = await db.userToken', 'await db.userToken')
        .replace('count === 1 ? { user: row.user } : null', '{ user: row.user }'),
    )
    const { exitCode, stdout } = await run(['audit', '--json', '--cwd', folder], PACKAGE)

    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout).findings).toMatchObject([
      { id: 'CREATE-AUTH-2026-0002', function: 'consumeToken', path: 'src/accounts/user-token.ts' },
    ])
    const fix = await run(['upgrade', '--security-only', '--cwd', folder], PACKAGE)
    expect(fix.exitCode).toBe(1)
    expect(fix.stdout).toContain('By hand: src/accounts/user-token.ts')
    expect(fix.stdout).toContain('    const { count } = await db.userToken.deleteMany')
  })

  test('answers in SARIF', async () => {
    const { exitCode, stdout } = await run(['audit', '--sarif', '--cwd', folderOf(oldest)], PACKAGE)

    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ version: '2.1.0', runs: [{}] })
  })
})

describe('upgrade --security-only', () => {
  test('brings the fixes into edited code, and nothing else; undo takes them back', async () => {
    const folder = folderOf(oldest)
    edit(folder, 'src/accounts.ts', (text) => `// mine\n${text}`)
    const before = snapshot(folder)
    const { exitCode, stdout } = await run(['upgrade', '--security-only', '--cwd', folder], PACKAGE)

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}update {5}src\/accounts\.ts +CREATE-AUTH-2026-0003/m)
    expect(read(folder, 'src/accounts.ts')).toMatch(/^\/\/ mine\n/)
    expect((await run(['audit', '--cwd', folder], PACKAGE)).exitCode).toBe(0)
    expect((await run(['upgrade', '--security-only', '--cwd', folder], PACKAGE)).exitCode).toBe(0)

    await run(['undo', '--cwd', folder], PACKAGE)
    expect(read(folder, 'src/accounts.ts')).not.toContain('isOwnChoice(user, proof) ?')
    expect([...snapshot(folder).keys()].sort()).toEqual([...before.keys()].sort())
  })

  test('leaves a deleted file deleted', async () => {
    const folder = folderOf(oldest)
    rmSync(join(folder, 'src/plugins/return-to.ts'))
    const { exitCode } = await run(['upgrade', '--security-only', '--cwd', folder], PACKAGE)

    expect(exitCode).toBe(0)
    expect([...snapshot(folder).keys()].some((path) => path.endsWith('return-to.ts'))).toBe(false)
  })
})

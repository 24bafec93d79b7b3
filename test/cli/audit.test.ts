import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { reformatted } from '../merging/owners-edits.js'
import { appOf, EARLIER, TODAY } from '../support/releases.js'
import { edit, folderWith, read, run, snapshot, writeFiles } from './command.js'

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

describe('upgrade --security-only, where the owner', () => {
  const fix = async (folder: string) =>
    run(['upgrade', '--security-only', '--cwd', folder], PACKAGE)
  const audited = async (folder: string) =>
    (await run(['audit', '--cwd', folder], PACKAGE)).exitCode

  test('formats otherwise, mends it in the owner’s formatting', async () => {
    const app = [...appOf(oldest, true)].map(([path, text]): [string, string] => [
      path,
      path.startsWith('src/') && path.endsWith('.ts') ? reformatted(text) : text,
    ])
    const folder = folderWith(app)
    const { exitCode, stdout } = await fix(folder)

    expect(stdout).not.toContain('conflict')
    expect(exitCode).toBe(0)
    expect(await audited(folder)).toBe(0)
    expect(read(folder, 'src/accounts.ts')).not.toMatch(/^ {2}\S/m)
  })

  test('moved the file, says where it is and what to paste, and writes nothing there', async () => {
    const folder = folderOf(oldest)
    const text = read(folder, 'src/accounts/user-token.ts')
    rmSync(join(folder, 'src/accounts/user-token.ts'))
    writeFiles(folder, [['src/lib/tokens.ts', text]])
    const { exitCode, stdout } = await fix(folder)

    expect(exitCode).toBe(1)
    expect(stdout).toContain('By hand: src/lib/tokens.ts')
    expect(stdout).toContain('count === 1 ? row.user : null')
    expect(read(folder, 'src/lib/tokens.ts')).toBe(text)
  })

  test('ejected the file, says what to paste, and leaves it alone', async () => {
    const folder = folderOf(oldest)
    await run(['eject', 'src/accounts/user-token.ts', '--cwd', folder], PACKAGE)
    const text = read(folder, 'src/accounts/user-token.ts')
    const { exitCode, stdout } = await fix(folder)

    expect(exitCode).toBe(1)
    expect(stdout).toContain('By hand: src/accounts/user-token.ts')
    expect(read(folder, 'src/accounts/user-token.ts')).toBe(text)
  })
})

describe('status', () => {
  test('has one line for the advisories that apply, in text and JSON', async () => {
    const { exitCode, stdout } = await run(['status', '--cwd', folderOf(oldest)], PACKAGE)
    const json = await run(['status', '--json', '--cwd', folderOf(oldest)], PACKAGE)

    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^\d+ advisories apply to this code: run create-auth audit\.$/m)
    expect(JSON.parse(json.stdout).advisories).toBeGreaterThan(6)
  })

  test('says nothing of advisories where none applies', async () => {
    const { exitCode, stdout } = await run(['status', '--cwd', folderOf(TODAY)], PACKAGE)

    expect(exitCode).toBe(0)
    expect(stdout).not.toContain('advisor')
  })
})

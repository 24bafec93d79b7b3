import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TEMPLATES } from '../core/planning.js'
import { FAKE_PRETTIER } from '../shell/support/fake-prettier.js'
import { appFolder, edit, packageWith, read, run, snapshot } from './command.js'

const USERS = 'src/plugins/users.ts'
const template = TEMPLATES[USERS] ?? ''
const inStyle = template.replaceAll("'", '"')
const newer = packageWith({ [USERS]: template.replace('return page', 'return await page') })

function appWithPrettier(files: Record<string, string> = {}): string {
  return appFolder({ '.prettierrc': '{}', ...FAKE_PRETTIER, ...files })
}

/** What `prettier --write .` does to the owner's code. */
function formatAll(folder: string, [from, to]: [string, string]) {
  for (const name of readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    const path = join(folder, 'src', name)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to))
  }
}

function uninstall(folder: string) {
  renameSync(join(folder, 'node_modules'), join(folder, 'gone'))
}

function install(folder: string) {
  renameSync(join(folder, 'gone'), join(folder, 'node_modules'))
}

describe('in an app with a formatter of its own', () => {
  test('generated code comes out in its style, and a second run finds it so', async () => {
    const folder = appWithPrettier()
    const first = await run(['scaffold', '--cwd', folder])
    const before = snapshot(folder)
    const second = await run(['scaffold', '--cwd', folder])

    expect([first.exitCode, second.exitCode]).toEqual([0, 0])
    expect(read(folder, USERS)).toBe(inStyle)
    expect(second.stdout).toMatch(/^ {2}identical {2}\d+ files\n$/)
    expect(first.stderr).toBe('Formatting with prettier …\n')
    expect(second.stderr).toBe('')
    expect(snapshot(folder)).toEqual(before)
    expect((await run(['diff', '--cwd', folder])).stdout).toBe('')
  })

  test('a dry run shows it in that style, with the formatter’s words kept off stdout', async () => {
    const folder = appWithPrettier()
    const { stdout } = await run(['scaffold', '--dry-run', '--cwd', folder])

    expect(stdout).toContain('+import * as accounts from "../accounts.js"')
    expect(stdout).not.toContain('hello')
  })

  test('a machine where it is not installed finds nothing to do either', async () => {
    const folder = appWithPrettier()
    await run(['scaffold', '--cwd', folder])
    uninstall(folder)

    expect((await run(['status', '--cwd', folder])).exitCode).toBe(0)
  })

  test('a new version is formatted as well, and merged into what the owner edited', async () => {
    const folder = appWithPrettier()
    await run(['scaffold', '--cwd', folder])
    edit(folder, USERS, (text) => `// mine\n${text}`)
    const { exitCode, stdout } = await run(['scaffold', '--cwd', folder], newer)

    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('merged: lines')])
    expect(read(folder, USERS)).toBe(
      `// mine\n${inStyle.replace('return page', 'return await page')}`,
    )
  })

  test('code that it wrote before the formatter was installed merges after `prettier --write .`', async () => {
    const folder = appWithPrettier()
    uninstall(folder)
    await run(['scaffold', '--cwd', folder])
    expect(read(folder, USERS)).toBe(template)
    install(folder)
    formatAll(folder, ["'", '"'])
    edit(folder, USERS, (text) => `// mine\n${text}`)

    expect((await run(['status', '--cwd', folder])).exitCode).toBe(0)
    expect((await run(['scaffold', '--cwd', folder], newer)).exitCode).toBe(0)
    expect(read(folder, USERS)).toBe(
      `// mine\n${inStyle.replace('return page', 'return await page')}`,
    )
  })

  test('so does code whose owner has changed the rules since', async () => {
    const folder = appWithPrettier()
    await run(['scaffold', '--cwd', folder])
    writeFileSync(join(folder, '.prettierrc'), '{ "singleQuote": true }')
    formatAll(folder, ['"', "'"])

    expect((await run(['status', '--cwd', folder])).exitCode).toBe(0)
    const { exitCode, stdout } = await run(['scaffold', '--cwd', folder], newer)

    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^ {2}update {5}src\/plugins\/users\.ts$/m),
    ])
    expect(read(folder, USERS)).toBe(template.replace('return page', 'return await page'))
  })

  test('a record that was formatted too is not written again', async () => {
    const folder = appWithPrettier()
    await run(['scaffold', '--cwd', folder])
    for (const name of ['record', 'manifest']) {
      edit(folder, `.create-auth/${name}.json`, (text) => JSON.stringify(JSON.parse(text)))
    }
    const before = snapshot(folder)

    expect((await run(['scaffold', '--cwd', folder])).exitCode).toBe(0)
    expect(snapshot(folder)).toEqual(before)
  })
})

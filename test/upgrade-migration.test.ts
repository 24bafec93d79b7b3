/** An upgrade that changes the schema of an app with a database: its migration is made, and waits. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { runIn } from './support/processes.js'
import { appFolder } from './support/real-app.js'

const bin = fileURLToPath(new URL('../bin/create-auth.js', import.meta.url))
const folder = appFolder('notes')
const schema = join(folder, 'prisma/schema.prisma')

const run = (...args: string[]) => runIn(folder, ['node', bin, ...args])
const prisma = (...args: string[]) => runIn(folder, ['npx', 'prisma', ...args])

async function succeed(running: ReturnType<typeof runIn>): Promise<string> {
  const { code, output } = await running
  expect(code, output).toBe(0)

  return output
}

function migrations(): Map<string, string> {
  const place = join(folder, 'prisma/migrations')

  return new Map(
    readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => [name, readFileSync(join(place, name, 'migration.sql'), 'utf8')]),
  )
}

function editSchema(change: (text: string) => string) {
  writeFileSync(schema, change(readFileSync(schema, 'utf8')))
}

beforeAll(async () => {
  await succeed(
    runIn(dirname(folder), ['node', bin, 'new', folder, '--without', 'devices', '--skip-install']),
  )
  editSchema((text) => text.replace('  userTokens ', '  nickname String?\n  userTokens '))
  await succeed(prisma('migrate', 'dev', '--name', 'nickname'))
}, 120_000)

describe('an upgrade that adds columns', { timeout: 120_000 }, () => {
  test('makes no migration without consent, and says how', async () => {
    const before = migrations()
    const output = await succeed(run('add', 'devices', '--allow-dirty'))

    expect(migrations()).toEqual(before)
    expect(output).toMatch(
      /migrate dev --create-only --name create_auth_upgrade\n +npx prisma migrate dev\n/,
    )
    await succeed(run('undo', '--yes'))
  })

  test('makes one with consent, says what it loses, and applies nothing', async () => {
    editSchema((text) => text.replace('  nickname String?\n', ''))
    const before = migrations()
    const output = await succeed(run('add', 'devices', '--allow-dirty', '--yes'))
    const made = [...migrations()].filter(([name]) => !before.has(name))

    expect(made).toEqual([
      [
        expect.stringMatching(/_create_auth_upgrade$/),
        expect.stringMatching(/ADD COLUMN "last_seen_at"/),
      ],
    ])
    expect(output).toContain('was created, and not applied.')
    expect(output).toContain('Careful, it drops the column users.nickname.')
    expect(output).toMatch(/Read prisma\/migrations\/\d+_create_auth_upgrade\/migration\.sql/)
    for (const [name, sql] of before) expect(migrations().get(name)).toBe(sql)
    expect((await prisma('migrate', 'status')).output).toMatch(/not yet been applied/)
  })

  test('makes none where nothing of the schema changes', async () => {
    const before = migrations()
    await succeed(run('upgrade', '--allow-dirty', '--yes'))

    expect(migrations()).toEqual(before)
  })
})

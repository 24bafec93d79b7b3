import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { appFolder, edit, folderWith, run, snapshot } from './command.js'

async function scaffolded() {
  const folder = appFolder({
    'prisma/migrations/1/migration.sql': [
      'CREATE TABLE "users" ("id" TEXT, "email" TEXT, "confirmed_at" DATETIME);',
      'CREATE TABLE "users_tokens" ("id" TEXT, "user_id" TEXT);',
    ].join('\n'),
  })
  await run(['scaffold', '--cwd', folder])

  return folder
}

test('doctor ends with 0 where nothing is the matter but what production needs, and writes nothing', async () => {
  const folder = await scaffolded()
  const before = snapshot(folder)
  const { exitCode, stdout, stderr } = await run(['doctor', '--cwd', folder])

  expect([exitCode, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^ {2}ok {7}migrations /m)
  expect(stdout).toMatch(/^ {2}advice {3}mail .*\n {25}→ SMTP_URL=/m)
  expect(stdout).toMatch(/\nNo problem, \d pieces of advice\.\n$/)
  expect(snapshot(folder)).toEqual(before)
})

test('doctor ends with 1 for a problem, says it with its fix, and the secret nowhere', async () => {
  const folder = await scaffolded()
  edit(folder, '.env', () => 'SESSION_SECRET=hunter2\n')
  const { exitCode, stdout } = await run(['doctor', '--cwd', folder])

  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/^ {2}problem {2}secrets {7}SESSION_SECRET has 7 characters/m)
  expect(stdout).not.toContain('hunter2')
})

test('doctor --json is data with a check, a level, a message and a fix for each finding', async () => {
  const folder = await scaffolded()
  edit(folder, 'src/accounts.ts', (text) => `<<<<<<< yours\n${text}=======\n>>>>>>> theirs\n`)
  const { exitCode, stdout } = await run(['doctor', '--json', '--cwd', folder])
  const data = JSON.parse(stdout)

  expect([exitCode, data.ok]).toEqual([1, false])
  expect(data.checks).toContain('packages')
  expect(data.findings).toContainEqual({
    check: 'unfinished',
    level: 'problem',
    message: 'src/accounts.ts holds conflict markers.',
    fix: expect.stringContaining('<<<<<<<'),
  })
})

test('doctor finds a secret that git was given, and one that it only remembers', async () => {
  const folder = await scaffolded()
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder })
  git('init', '-q')
  git('add', '--all')
  git('commit', '-qm', 'first')
  expect((await run(['doctor', '--cwd', folder])).exitCode).toBe(0)

  git('add', '--force', '.env')
  git('commit', '-qm', 'second')
  const kept = await run(['doctor', '--cwd', folder])
  expect(kept.stdout).toContain('Git has the SESSION_SECRET, in .env:')
  git('rm', '-q', '--cached', '.env')
  git('commit', '-qm', 'third')
  const remembered = await run(['doctor', '--cwd', folder])
  expect(remembered.stdout).toContain('in the history of .env')
  edit(folder, '.env', () => 'SESSION_SECRET=zN3v0QqLwq8s1x7Ck2RfYb5TgHdJmPaE\n')
  expect((await run(['doctor', '--cwd', folder])).exitCode).toBe(0)
})

test('doctor says what keeps an app from being read, as a finding', async () => {
  const folder = await scaffolded()
  edit(folder, 'prisma/schema.prisma', (text) => `${text}model Half {\n`)
  const { exitCode, stdout } = await run(['doctor', '--cwd', folder])

  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/^ {2}problem {2}app .*prisma\/schema\.prisma/m)
})

test.each([
  [['doctor', '--nonsense'], 2],
  [['doctor', 'extra'], 2],
])('doctor ends with 2 for %j', async (argv, code) => {
  expect((await run([...argv, '--cwd', appFolder()])).exitCode).toBe(code)
})

test('doctor sends whoever has no log-in to scaffold', async () => {
  const { exitCode, stderr } = await run(['doctor', '--cwd', appFolder()])

  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringContaining('Run create-auth scaffold first.'),
  ])
  expect((await run(['doctor', '--cwd', folderWith([])])).exitCode).toBe(1)
})

test('the help knows doctor', async () => {
  expect((await run(['--help'])).stdout).toMatch(/^ {2}doctor +whether the log-in/m)
})

// npm run demo: a fresh app, migrated and started, in demo/ or in DEMO_DIR. Everything comes from
// the package registry: Prisma's schema engine, which does not, is stood in for.

import { spawn } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { engineEnvironment } from '../test/support/schema-engine/environment.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = resolve(process.env.DEMO_DIR || join(root, 'demo'))
const marker = join(folder, '.create-auth-demo')
const port = process.env.PORT || '3000'
const { PORT: _port, ...rest } = process.env
const env = { ...rest, ...engineEnvironment(), NODE_ENV: 'development' }

removeEarlierDemo()
await run(process.execPath, [join(root, 'bin/create-auth.js'), 'new', folder, '--yes'], root)
writeFileSync(marker, 'Written by npm run demo, which deletes this folder when it runs again.\n')

const server = start('npm', ['run', '--silent', 'dev'], folder, {
  ...env,
  PORT: port,
  APP_ORIGIN: `http://localhost:${port}`,
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.kill('SIGTERM'))

await waitUntilItAnswers()
process.stdout.write(`
  The app runs, in ${relative(process.cwd(), folder) || '.'}

    http://localhost:${port}/users/register   register
    http://localhost:${port}/dev/mailbox      read the mail, and confirm
    http://localhost:${port}/users/log-in     log in

  Ctrl-C ends it.

`)
process.exitCode = await endOf(server)

function removeEarlierDemo() {
  if (existsSync(marker)) rmSync(folder, { recursive: true })
}

async function run(command, args, cwd) {
  const code = await endOf(start(command, args, cwd, env))
  if (code !== 0) process.exit(code)
}

function start(command, args, cwd, environment) {
  const isScript = process.platform === 'win32' && command === 'npm'

  return spawn(command, args, { cwd, env: environment, stdio: 'inherit', shell: isScript })
}

function endOf(child) {
  return new Promise((done) => child.once('exit', (code) => done(code ?? 0)))
}

async function waitUntilItAnswers() {
  for (let attempt = 0; attempt < 120 && server.exitCode === null; attempt += 1) {
    const answered = await fetch(`http://localhost:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    await new Promise((done) => setTimeout(done, 500))
  }
  process.stderr.write('The app did not start.\n')
  process.exit(1)
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { FAKE_PRETTIER } from '../shell/support/fake-prettier.js'
import { appFolder, snapshot } from './command.js'

const COMMAND = fileURLToPath(new URL('../../bin/create-auth.js', import.meta.url))

function start(...argv: string[]) {
  const child = spawn(process.execPath, [COMMAND, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stderr: '' }
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.stderr += text
  })

  return { child, said, ended: once(child, 'close').then(([code]) => code) }
}

test('a reader that closes the pipe early is no error', async () => {
  const { child, said, ended } = start('scaffold', '--dry-run', '--cwd', appFolder())
  child.stdout.once('data', () => child.stdout.destroy())

  expect([await ended, said.stderr]).toEqual([0, ''])
})

test.each([
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
] as const)('%s while the formatter of the app is running ends with 130 and changes nothing', async (signal) => {
  const folder = appFolder({
    '.prettierrc': '{}',
    ...FAKE_PRETTIER,
    'node_modules/prettier/index.cjs':
      'setInterval(() => {}, 1000); exports.getFileInfo = () => new Promise(() => {})',
  })
  const before = snapshot(folder)
  const { child, said, ended } = start('scaffold', '--yes', '--cwd', folder)
  await once(child.stderr, 'data')
  child.kill(signal)

  expect(await ended).toBe(130)
  expect(said.stderr).toMatch(/Interrupted; nothing was changed\.\n$/)
  expect(snapshot(folder)).toEqual(before)
})

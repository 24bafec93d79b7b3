// How long the command takes, from start to end of its process, next to a Node that does nothing.

import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { ratioOf, summarize } from './figures.js'
import { COMMAND, ROOT, stopWhenOver } from './workspace.js'

const ROUNDS = 10

/**
 * @param {string} folder
 * @param {string} app an app that the command wrote
 */
export function measureCommand(folder, app) {
  const host = join(folder, 'by-hand')
  cpSync(join(ROOT, 'test/hosts/by-hand'), host, { recursive: true })

  const subjects = [
    { name: 'node -e 0', args: ['-e', '0'] },
    { name: 'create-auth --help', args: [COMMAND, '--help'], aim: 3 },
    { name: 'create-auth status', args: [COMMAND, 'status', '--cwd', app] },
    {
      name: 'create-auth scaffold --dry-run',
      args: [COMMAND, 'scaffold', '--dry-run', '--yes', '--cwd', host],
      aim: 8,
    },
  ]
  const times = measureInTurns(subjects)

  return subjects.map(({ name, aim }, index) => {
    const ofNode = ratioOf(times[index], times[0])

    return { name, milliseconds: summarize(times[index]), ofNode, aim, isMet: aim && ofNode <= aim }
  })
}

function measureInTurns(subjects) {
  for (const { args } of subjects) timeOf(args)
  const times = subjects.map(() => [])

  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { args }] of subjects.entries()) times[index].push(timeOf(args))
  }

  return times
}

function timeOf(args) {
  stopWhenOver()
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 30_000,
  })
  const duration = performance.now() - start

  // `status` ends with 1 when there is something to do. A failure does too, and prints nothing.
  const isFine = status === 0 || (status === 1 && stdout !== '')
  if (!isFine) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`)

  return duration
}

// npm run bench: what a logged-in request costs, how long the command takes, and how large the
// package is. Ratios within one run; it tells, and fails nothing. With --json, as data.

import { cpus } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { measureBurst } from './burst.js'
import { measureCommand } from './command-times.js'
import { findPostgresqlProblem, postgresql, sqlite } from './databases.js'
import { measurePackage } from './package-size.js'
import { measurePlanning } from './planning.js'
import { burstTable, commandTable, packageTable, planningTable, requestsTable } from './report.js'
import { measureRequests } from './requests.js'
import { createWorkspace, isInterrupted, run } from './workspace.js'

const asJson = process.argv.includes('--json')

try {
  const results = await measure(createWorkspace())
  if (asJson) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
} catch (error) {
  // A signal that came while a command ran is heard of only now.
  await setImmediate()
  if (!isInterrupted()) throw error
  process.exitCode = 130
}

async function measure(workspace) {
  const machine = describeMachine()
  tell(machine)
  run('tsc', ['-p', 'tsconfig.build.json'])

  const onSqlite = await measureRequests(join(workspace, 'sqlite'), sqlite)
  tell(`SQLite\n${requestsTable(onSqlite)}`)

  const onPostgresql = await measureOnPostgresql(join(workspace, 'postgresql'))

  const burst = await measureBurst(join(workspace, 'burst'), sqlite)
  tell(burstTable(burst))

  const command = measureCommand(workspace, join(workspace, 'sqlite/generated'))
  tell(commandTable(command))

  const planning = await measurePlanning()
  tell(planningTable(planning))

  const size = measurePackage()
  tell(packageTable(size))

  return {
    machine,
    sqlite: onSqlite,
    postgresql: onPostgresql,
    burst,
    command,
    planning,
    package: size,
  }
}

async function measureOnPostgresql(folder) {
  const problem = await findPostgresqlProblem()
  if (problem !== null) {
    tell(`PostgreSQL was not measured. ${problem}. POSTGRES_URL names another.`)
    return null
  }

  const results = await measureRequests(folder, postgresql)
  tell(`PostgreSQL\n${requestsTable(results)}`)

  return results
}

function tell(text) {
  if (!asJson) process.stdout.write(`${text}\n\n`)
}

function describeMachine() {
  const [cpu] = cpus()
  const { node } = process.versions

  return `Node ${node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpu?.model.trim()}`
}

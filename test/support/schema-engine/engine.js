#!/usr/bin/env node
// @ts-check
// Stands in for Prisma's native schema engine, which the Prisma CLI would download at first use.
// The CLI starts this file when PRISMA_SCHEMA_ENGINE_BINARY names it; environment.js does that.
// The work itself is done by Prisma's own engine, compiled to WebAssembly and published on npm.

import { parseCommandLine } from './command-line.js'
import { openDatabase } from './database.js'
import { findDatasource } from './datasource.js'
import { asEngineError } from './engine-error.js'
import { answerRequests, print } from './json-rpc.js'
import { createSession } from './session.js'

const commandLine = parseCommandLine(process.argv.slice(2))

if (commandLine.command === 'version') {
  console.log('schema-engine stand-in')
} else if (commandLine.command) {
  await runCommand(commandLine.command)
} else {
  await answerRequests(createSession({ ...commandLine, print }))
  // The connections to the database would keep the process alive.
  process.exit(0)
}

/** @param {string} command */
async function runCommand(command) {
  try {
    const database = openDatabase(findDatasource(commandLine))

    if (command === 'can-connect-to-database') await database.check()
    else if (command === 'create-database') await database.create()
    else throw new Error(`The stand-in for Prisma's schema engine has no command ${command}.`)
  } catch (error) {
    reportFailure(error)
    process.exitCode = 1
  }
}

/**
 * The CLI drops the first line it finds on standard error and parses every other one.
 *
 * @param {unknown} error
 */
function reportFailure(error) {
  const { code, message } = asEngineError(error)
  const target = 'schema_engine::logger'
  const lines = [
    { level: 'INFO', target, fields: { message: 'Starting the schema engine' } },
    { level: 'ERROR', target, fields: { message, is_panic: false, error_code: code ?? '' } },
  ]

  process.stderr.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

import { CommanderError } from 'commander'
import { Problem } from './core/problem.js'
import type { Environment } from './environment.js'

type Streams = Pick<Environment, 'stdout' | 'stderr'>

/** Says on stderr what went wrong, and answers with the exit code for it. */
export function explainError(error: unknown, { stdout, stderr }: Streams, json: boolean): number {
  // Help and --version end this way too; commander has written what there is to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (isInterruption(error)) {
    stderr.write(`${error.message}\n`)
    return 130
  }
  if (error instanceof Problem) {
    stderr.write(`${error.message}\n${error.next}\n`)
    if (json)
      stdout.write(`${JSON.stringify({ error: error.message, next: error.next }, null, 2)}\n`)
    return error.exitCode
  }
  apologize(error, stderr)

  return 1
}

function isInterruption(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Interrupted'
}

function apologize(error: unknown, stderr: Streams['stderr']) {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error))
  const report = 'Please report it (npm bugs create-auth), with what DEBUG=1 shows.'
  stderr.write(`Sorry, this is a bug in create-auth: ${message} ${report}\n`)
  if (process.env.DEBUG) stderr.write(`${stack}\n`)
}

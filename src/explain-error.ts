import { CommanderError } from 'commander'
import { capitalized } from './core/names.js'
import { Problem } from './core/problem.js'
import { showControlCharacters } from './core/terminal-text.js'
import type { Environment } from './environment.js'

type Streams = Pick<Environment, 'stdout' | 'stderr'>

/** Says on stderr what went wrong, and answers with the exit code for it. */
export function explainError(error: unknown, streams: Streams, json: boolean): number {
  if (error instanceof CommanderError) {
    // Help and --version end this way too; commander has written what there is to say.
    if (SHOWS_HELP.has(error.code)) return error.exitCode === 0 ? 0 : 2

    return explainProblem(wrongUsage(error), streams, json)
  }
  if (isInterruption(error)) {
    streams.stderr.write(`${error.message}\n`)
    return 130
  }
  if (error instanceof Problem) return explainProblem(error, streams, json)
  apologize(error, streams.stderr)

  return 1
}

const SHOWS_HELP = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version'])

function explainProblem(
  { message, next, exitCode }: Problem,
  { stdout, stderr }: Streams,
  json: boolean,
): number {
  stderr.write(`${message}\n${next}\n`)
  if (json) stdout.write(`${JSON.stringify({ error: message, next }, null, 2)}\n`)

  return exitCode
}

/** `error: unknown option '--jsn'\n(Did you mean --json?)` in the words of every other error. */
function wrongUsage({ message }: CommanderError): Problem {
  const [what = '', suggestion] = message.replace(/^error: /, '').split('\n')
  const sentence = `${capitalized(what.replace(/\.$/, ''))}.`
  const next = suggestion?.replace(/^\(|\)$/g, '') ?? 'create-auth --help says what there is.'

  return new Problem(showControlCharacters(sentence), showControlCharacters(next), 2)
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

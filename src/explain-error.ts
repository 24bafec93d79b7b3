import { CommanderError } from 'commander'
import { capitalized } from './core/names/names.js'
import { Problem } from './core/problem.js'
import { showControlCharacters } from './core/report/terminal-text.js'
import type { Environment } from './environment.js'
import { Interrupted, onInterrupt } from './shell/interrupt.js'
import { writeJson } from './write-json.js'

type Streams = Pick<Environment, 'stdout' | 'stderr'>

/** Says on stderr what went wrong, and answers with the exit code for it. */
export function explainError(error: unknown, streams: Streams, json: boolean): number {
  if (error instanceof CommanderError) {
    // Help and --version end this way too; commander has written what there is to say.
    if (SHOWS_HELP.has(error.code)) return error.exitCode === 0 ? 0 : 2

    return explainProblem(wrongUsage(error), streams, json)
  }
  if (error instanceof Problem) return explainProblem(error, streams, json)
  const isInterruption = error instanceof Interrupted
  if (isInterruption) streams.stderr.write(`${error.message}\n`)
  else apologize(error, streams.stderr)
  if (json) writeJson({ error: error instanceof Error ? error.message : String(error) }, streams)

  return isInterruption ? error.exitCode : 1
}

/** Whoever writes, or has started something, listens too and is asked instead of this. */
export function exitWhenInterrupted({ stderr }: Streams): () => void {
  return onInterrupt(() => {
    stderr.write('Interrupted; nothing was changed.\n')
    process.exit(130)
  })
}

const SHOWS_HELP = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version'])

function explainProblem(
  { message, next, exitCode }: Problem,
  { stdout, stderr }: Streams,
  json: boolean,
): number {
  stderr.write(`${message}\n${next}\n`)
  if (json) writeJson({ error: message, next }, { stdout })

  return exitCode
}

/** `error: unknown option '--jsn'\n(Did you mean --json?)` in the words of every other error. */
function wrongUsage({ message }: CommanderError): Problem {
  const [what = '', suggestion] = message.replace(/^error: /, '').split('\n')
  const sentence = `${capitalized(what.replace(/\.$/, ''))}.`
  const next = suggestion?.replace(/^\(|\)$/g, '') ?? 'create-auth --help says what there is.'

  return new Problem(showControlCharacters(sentence), showControlCharacters(next), 2)
}

function apologize(error: unknown, stderr: Streams['stderr']) {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error))
  const report = 'Please report it (npm bugs create-auth), with what DEBUG=1 shows.'
  stderr.write(`Sorry, this is a bug in create-auth: ${message} ${report}\n`)
  if (process.env.DEBUG) stderr.write(`${stack}\n`)
}

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'commander'
import { addUpkeep, type Run } from './cli/upkeep.js'
import {
  readOptions,
  withDirtyOption,
  withFeatureOptions,
  withMergeOptions,
  withPrefixOption,
  withRunOptions,
  withSkipOptions,
} from './command-options.js'
import type { Environment } from './environment.js'
import { exitWhenInterrupted, explainError } from './explain-error.js'
import { EXAMPLES, termOf } from './help.js'

/**
 * The command line: the only reader of argv. What a command does is loaded when it is run, so
 * that asking for help is quick.
 */
export async function main(
  argv: readonly string[],
  streams: Streams = { stdout: process.stdout, stderr: process.stderr },
  packageFolder = PACKAGE_FOLDER,
): Promise<number> {
  const { version } = readPackage()
  const environment = { version, packageFolder, ...streams }
  let exitCode = 0
  const program = buildProgram(environment, async (command) => {
    exitCode = await command(environment)
  })

  const stopListening = exitWhenInterrupted(streams)

  try {
    await program.parseAsync(argv, { from: 'user' })

    return exitCode
  } catch (error) {
    return explainError(error, streams, argv.includes('--json'))
  } finally {
    stopListening()
  }
}

const PACKAGE_FOLDER = fileURLToPath(new URL('..', import.meta.url))

type Streams = Pick<Environment, 'stdout' | 'stderr'>

function buildProgram({ version, stdout, stderr }: Environment, run: Run): Command {
  const program = new Command('create-auth')
    .description(
      'Writes auth into a Fastify + Prisma app, and brings new versions into what you edited.',
    )
    .version(version)
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: () => {},
    })
    .configureHelp({ subcommandTerm: termOf, minWidthToWrap: 10 })
    .exitOverride()
    .addHelpText('after', EXAMPLES)

  addNew(program, run)
  addScaffold(program, run)
  addUpkeep(program, run)

  return program
}

function addNew(program: Command, run: Run) {
  const command = program
    .command('new')
    .description('a new Fastify + Prisma app with auth in it')
    .argument('<dir>', 'a folder that does not exist yet, or is empty')
    .addOption(
      new Option('--db <database>', 'where the data is kept')
        .choices(['sqlite', 'postgresql'])
        .default('sqlite'),
    )
    .action((folder: string, _values, typed: Command) =>
      run(async (environment) => {
        const { createApp } = await import('./commands/create-app.js')

        return createApp(folder, readOptions(typed), environment)
      }),
    )
  withRunOptions(withFeatureOptions(withPrefixOption(withSkipOptions(command))))
}

function addScaffold(program: Command, run: Run) {
  const command = program
    .command('scaffold')
    .description('writes auth into the app in this folder; run again, it upgrades')
    .argument('[context]', 'the module that holds the accounts (default: Accounts)')
    .argument('[model]', 'who logs in (default: User)')
    .argument('[plural]', 'the table and the routes (default: users)')
    .action((context, model, plural, _values, typed: Command) =>
      run(async (environment) => {
        const { scaffold } = await import('./commands/scaffold.js')

        return scaffold([context, model, plural], readOptions(typed), environment)
      }),
    )
  withRunOptions(
    withFeatureOptions(
      withPrefixOption(withMergeOptions(withSkipOptions(withDirtyOption(command)))),
    ),
  )
}

function readPackage(): { version: string } {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
}

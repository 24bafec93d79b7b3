/** What several commands may be told, in the same words. */
import { type Command, Option } from 'commander'
import type { Options } from './environment.js'
import { NAMES_OF_FEATURES } from './help.js'

export function withFeatureOptions(command: Command): Command {
  return command
    .option('--without <features>', `leave out any of: ${NAMES_OF_FEATURES}`, addNames)
    .addOption(new Option('--html', 'with pages').hideHelp())
    .option('--no-html', 'JSON answers only, no pages')
}

/** `--without a,b --without c` */
function addNames(typed: string, earlier: readonly string[] = []): string[] {
  const names = typed.split(',').map((name) => name.trim())

  return [...earlier, ...names.filter((name) => name !== '')]
}

export function withPrefixOption(command: Command): Command {
  return command.option('--prefix <path>', 'where its routes begin (default: /users)')
}

export function withDirtyOption(command: Command): Command {
  return command.option('--allow-dirty', 'write although git has uncommitted changes')
}

export function withMergeOptions(command: Command): Command {
  return command
    .option('--strict', 'merge by lines alone; what needs more is a conflict')
    .addOption(
      new Option('--only <path>', 'bring this file or folder alone (may be given again)')
        .argParser((path: string, earlier: string[] = []) => [...earlier, path])
        .conflicts(['html', 'without', 'prefix']),
    )
}

export function withSkipOptions(command: Command): Command {
  return command
    .option('--skip-install', 'install nothing, and run no migration')
    .option('--skip-migrate', 'run no migration')
}

export function withRunOptions(command: Command): Command {
  return withOutputOptions(
    command
      .option('-y, --yes', 'ask nothing, take the defaults')
      .option('--dry-run', 'show what would be written, as a diff, and write nothing'),
  )
}

/** For a command that only looks. It takes the options of the others, which ask it for nothing new. */
export function withLookOptions(command: Command): Command {
  return withOutputOptions(
    command
      .addOption(new Option('-y, --yes').hideHelp())
      .addOption(new Option('--dry-run').hideHelp()),
  )
}

function withOutputOptions(command: Command): Command {
  return command
    .option('--json', 'answer with data on stdout, and everything else on stderr')
    .option('--cwd <dir>', 'the folder of the app', '.')
}

/** Commander gives `--no-html` a default of true; only what was typed is an answer. */
export function readOptions(command: Command): Options {
  const values = command.opts<Options & { html?: boolean }>()
  const { html, ...options } = values

  return command.getOptionValueSource('html') === 'cli' && html !== undefined
    ? { ...options, html }
    : options
}

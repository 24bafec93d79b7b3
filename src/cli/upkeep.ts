/** The commands for an app that has our auth. */
import { type Command, Option } from 'commander'
import {
  readOptions,
  withDirtyOption,
  withLookOptions,
  withMergeOptions,
  withRunOptions,
  withSkipOptions,
} from '../command-options.js'
import type { Environment } from '../environment.js'
import { LIST_OF_FEATURES } from '../help.js'

export type Run = (command: (environment: Environment) => Promise<number>) => Promise<void>

export function addUpkeep(program: Command, run: Run) {
  addUpgrade(program, run)
  addStatus(program, run)
  addDiff(program, run)
  addAudit(program, run)
  addDoctor(program, run)
  addUndo(program, run)
  addEject(program, run)
  addAdopt(program, run)
  addAdd(program, run)
  addRemove(program, run)
}

function addUpgrade(program: Command, run: Run) {
  const command = program
    .command('upgrade')
    .description('brings this version into the auth of this app, as scaffold does')
    .addOption(
      new Option('--security-only', 'bring the fixes of advisories, and nothing else').conflicts(
        'only',
      ),
    )
    .action((_values, typed: Command) =>
      run(async (environment) => {
        const { upgrade } = await import('../commands/upgrade.js')

        return upgrade(readOptions(typed), environment)
      }),
    )
  withRunOptions(withMergeOptions(withSkipOptions(withDirtyOption(command))))
}

function addStatus(program: Command, run: Run) {
  const command = program
    .command('status')
    .description('what became of each file, and what a scaffold would do (exit code 1)')
    .action((_values, typed: Command) =>
      run(async (environment) => {
        const { status } = await import('../commands/status.js')

        return status(readOptions(typed), environment)
      }),
    )
  withLookOptions(command)
}

function addDiff(program: Command, run: Run) {
  const command = program
    .command('diff')
    .description('what you changed against what was generated')
    .argument('[path]', 'one file, or a folder')
    .addOption(new Option('--mine', 'what you changed (the default)'))
    .addOption(
      new Option('--incoming', 'what this version changes, instead').conflicts(['mine', 'result']),
    )
    .addOption(
      new Option('--result', 'what a scaffold would leave, against what is there').conflicts(
        'mine',
      ),
    )
    .action((path: string | undefined, _values, typed: Command) =>
      run(async (environment) => {
        const { showDiff } = await import('../commands/show-diff.js')

        return showDiff(path, readOptions(typed), environment)
      }),
    )
  withLookOptions(command)
}

function addAudit(program: Command, run: Run) {
  const command = program
    .command('audit')
    .description('which advisories apply to the code as it is now (exit code 1)')
    .option('--sarif', 'answer in SARIF 2.1.0, for code hosts')
    .action((_values, typed: Command) =>
      run(async (environment) => {
        const { auditApp } = await import('../commands/audit.js')

        return auditApp(readOptions(typed), environment)
      }),
    )
  withLookOptions(command)
}

function addDoctor(program: Command, run: Run) {
  const command = program
    .command('doctor')
    .description('whether the log-in of this app is well, and what to do where it is not')
    .action((_values, typed: Command) =>
      run(async (environment) => {
        const { doctor } = await import('../commands/doctor.js')

        return doctor(readOptions(typed), environment)
      }),
    )
  withLookOptions(command)
}

function addUndo(program: Command, run: Run) {
  const command = program
    .command('undo')
    .description('takes the last run back, where nothing changed since')
    .action((_values, typed: Command) =>
      run(async (environment) => {
        const { undo } = await import('../commands/undo.js')

        return undo(readOptions(typed), environment)
      }),
    )
  withRunOptions(command)
}

function addEject(program: Command, run: Run) {
  const command = program
    .command('eject')
    .description('leaves files to you for good; audit still looks at them')
    .argument('<path...>', 'files or folders that create-auth generated')
    .option('--back', 'have them upgraded again')
    .action((paths: string[], _values, typed: Command) =>
      run(async (environment) => {
        const { eject } = await import('../commands/eject.js')

        return eject(paths, readOptions(typed), environment)
      }),
    )
  withRunOptions(withDirtyOption(command))
}

function addAdopt(program: Command, run: Run) {
  const command = program
    .command('adopt')
    .description('makes the record anew for files that were generated, and lost theirs')
    .argument('[context]', 'as they were given to scaffold (default: Accounts)')
    .argument('[model]', 'default: User')
    .argument('[plural]', 'default: users')
    .action((context, model, plural, _values, typed: Command) =>
      run(async (environment) => {
        const { adopt } = await import('../commands/adopt.js')

        return adopt([context, model, plural], readOptions(typed), environment)
      }),
    )
  withRunOptions(command)
}

function addAdd(program: Command, run: Run) {
  const command = program
    .command('add')
    .description('adds features to the auth of this app')
    .argument('<feature...>', LIST_OF_FEATURES)
    .action((features: string[], _values, typed: Command) =>
      run(async (environment) => {
        const { changeFeatures } = await import('../commands/change-features.js')

        return changeFeatures('add', features, readOptions(typed), environment)
      }),
    )
  withRunOptions(withSkipOptions(withDirtyOption(command)))
}

function addRemove(program: Command, run: Run) {
  const command = program
    .command('remove')
    .description('takes features out of the auth of this app, or all of it')
    .argument('[feature...]', LIST_OF_FEATURES)
    .option('--all', 'all that create-auth brought; what you edited stays')
    .action((features: string[], _values, typed: Command) =>
      run(async (environment) => {
        const { remove } = await import('../commands/remove.js')

        return remove(features, readOptions(typed), environment)
      }),
    )
  withRunOptions(withSkipOptions(withDirtyOption(command)))
}

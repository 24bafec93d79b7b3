import { confirmBringUp } from './consent.js'
import type { Facts } from './core/facts/facts.js'
import type { Plan } from './core/plan/plan.js'
import type { AppPlan } from './core/plan/plan-systems.js'
import { Problem } from './core/problem.js'
import { RECORD_PATH } from './core/record/record.js'
import type { Options } from './environment.js'
import { withNewMigration } from './new-migration.js'
import { Interrupted } from './shell/interrupt.js'
import { installPackages, runScript } from './shell/packages.js'

/** What brings an app from its new files to running code: packages, client, tables. */
export type Outcome = {
  /** Commands that are left to the person. */
  left: string[]
  /** What went wrong, in the words of the tool that failed. */
  failure: Problem | null
  /** What a person should know of what was run. */
  notices: string[]
}

export type Task = {
  command: string
  run: (root: string) => Promise<Told>
  isSkipped: boolean
  /** What a person does first. */
  before?: readonly string[]
  /** What is left to a person in any case. */
  after?: string
}

/** What a person should do after a task, and know of it. */
export type Told = { left: readonly string[]; notices: readonly string[] }

const NOTHING: Told = { left: [], notices: [] }

/** Runs what the plan makes necessary, with consent; stops at the first failure. */
export async function bringUp(root: string, plan: AppPlan, options: Options): Promise<Outcome> {
  return runTasks(root, tasksFor(plan, options), options)
}

export async function runTasks(
  root: string,
  tasks: readonly Task[],
  options: Options,
): Promise<Outcome> {
  const left = tasks.filter(({ isSkipped }) => isSkipped)
  const due = tasks.filter(({ isSkipped }) => !isSkipped)
  const none = { failure: null, notices: [] }
  if (due.length === 0) return { ...none, left: commandsOf(left) }
  if (!(await isAgreed(due, options))) return { ...none, left: commandsOf(tasks) }

  const told: { left: string[]; notices: string[] } = { left: [], notices: [] }
  for (const [index, task] of due.entries()) {
    const leftNow = commandsOf([...due.slice(index), ...left])
    try {
      const said = await task.run(root)
      told.left.push(...said.left)
      told.notices.push(...said.notices)
    } catch (error) {
      if (error instanceof Problem) return { left: leftNow, failure: error, notices: told.notices }
      throw error instanceof Interrupted ? interruptedBefore(leftNow) : error
    }
  }

  return { left: [...told.left, ...commandsOf(left)], failure: null, notices: told.notices }
}

async function isAgreed(due: readonly Task[], options: Options): Promise<boolean> {
  const commands = commandsOf(due)
  // The question is drawn again with every key, which works on one line only.
  const words = due.map(({ command }) => command.replace(/^npx | --name .*$/g, ''))
  try {
    return await confirmBringUp(`Run ${words.join(', ')}?`, options)
  } catch (error) {
    throw error instanceof Interrupted ? interruptedBefore(commands) : error
  }
}

/** Too late for "nothing was changed": the plan is written by now. */
function interruptedBefore(left: readonly string[]): Interrupted {
  return new Interrupted(`Interrupted; the files are written. Left to run: ${left.join(', ')}`)
}

function tasksFor(
  { operations, facts, beforeMigrating = [] }: AppPlan,
  { skipInstall, skipMigrate }: Options,
): Task[] {
  const writes = (matches: (path: string) => boolean) =>
    operations.some(({ path, before, after }) => before !== after && matches(path))
  const install = writes((path) => path === 'package.json') ? [installTask(facts, skipInstall)] : []
  const database = writes((path) => path.endsWith('.prisma'))
    ? [
        prismaTask(facts, ['generate'], skipInstall),
        withStepsBefore(
          beforeMigrating,
          migrationTask(facts, operations, skipInstall || skipMigrate),
        ),
      ]
    : []

  return [...install, ...database]
}

/** A task that is left to a person, because something only a person can do comes first. */
function withStepsBefore(before: readonly string[], task: Task): Task {
  return before.length === 0 ? task : { ...task, before, isSkipped: true }
}

/** The tables of a first run are new; those of a later one have rows, which are a person's to risk. */
function migrationTask(facts: Facts, operations: Plan['operations'], isSkipped = false): Task {
  const isFirst = !operations.some(({ path, before }) => path === RECORD_PATH && before !== null)
  const migrate = ['migrate', 'dev']
  if (isFirst) return prismaTask(facts, [...migrate, '--name', 'create_auth'], isSkipped)
  const task = prismaTask(
    facts,
    [...migrate, '--create-only', '--name', 'create_auth_upgrade'],
    isSkipped,
  )

  return {
    ...task,
    after: 'npx prisma migrate dev',
    run: (root) => withNewMigration(root, () => task.run(root)),
  }
}

export function installTask(
  { packageManager }: Pick<Facts, 'packageManager'>,
  isSkipped = false,
): Task {
  return {
    command: `${packageManager} install`,
    run: async (root) => {
      await installPackages(root, packageManager)

      return NOTHING
    },
    isSkipped,
  }
}

// The app's own Prisma, never one that a runner would download.
const RUNNERS: Record<Facts['packageManager'], [string, ...string[]]> = {
  npm: ['npx', '--no-install'],
  pnpm: ['pnpm', 'exec'],
  yarn: ['yarn', 'run'],
  bun: ['bun', 'x', '--no-install'],
}

export function prismaTask(
  { packageManager }: Pick<Facts, 'packageManager'>,
  args: readonly string[],
  isSkipped = false,
): Task {
  const [runner, ...runnerArgs] = RUNNERS[packageManager]
  const command = `npx prisma ${args.join(' ')}`

  return {
    command,
    run: async (root) => {
      await runScript(root, runner, [...runnerArgs, 'prisma', ...args], { label: command })

      return NOTHING
    },
    isSkipped,
  }
}

function commandsOf(tasks: readonly Task[]): string[] {
  return tasks.flatMap(({ before = [], command, after }) => [
    ...before,
    command,
    ...(after === undefined ? [] : [after]),
  ])
}

import { confirmBringUp } from './consent.js'
import type { AppPlan } from './core/plan-systems.js'
import { Problem } from './core/problem.js'
import type { Facts } from './core/facts/facts.js'
import type { Options } from './environment.js'
import { Interrupted } from './shell/interrupt.js'
import { installPackages, runScript } from './shell/packages.js'

/** What brings an app from its new files to running code: packages, client, tables. */
export type Outcome = {
  /** Commands that are left to the person. */
  left: string[]
  /** What went wrong, in the words of the tool that failed. */
  failure: Problem | null
}

export type Task = {
  command: string
  run: (root: string) => Promise<unknown>
  isSkipped: boolean
}

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
  if (due.length === 0) return { left: commandsOf(left), failure: null }
  if (!(await isAgreed(due, options))) return { left: commandsOf(tasks), failure: null }

  for (const [index, task] of due.entries()) {
    const leftNow = commandsOf([...due.slice(index), ...left])
    try {
      await task.run(root)
    } catch (error) {
      if (error instanceof Problem) return { left: leftNow, failure: error }
      throw error instanceof Interrupted ? interruptedBefore(leftNow) : error
    }
  }

  return { left: commandsOf(left), failure: null }
}

async function isAgreed(due: readonly Task[], options: Options): Promise<boolean> {
  const commands = commandsOf(due)
  // The question is drawn again with every key, which works on one line only.
  const words = commands.map((command) => command.replace(/^npx | --.*$/g, ''))
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

function tasksFor({ operations, facts }: AppPlan, { skipInstall, skipMigrate }: Options): Task[] {
  const writes = (matches: (path: string) => boolean) =>
    operations.some(({ path, before, after }) => before !== after && matches(path))
  const install = writes((path) => path === 'package.json') ? [installTask(facts, skipInstall)] : []
  const database = writes((path) => path.endsWith('.prisma'))
    ? [
        prismaTask(facts, ['generate'], skipInstall),
        prismaTask(facts, ['migrate', 'dev', '--name', 'create_auth'], skipInstall || skipMigrate),
      ]
    : []

  return [...install, ...database]
}

export function installTask(
  { packageManager }: Pick<Facts, 'packageManager'>,
  isSkipped = false,
): Task {
  return {
    command: `${packageManager} install`,
    run: (root) => installPackages(root, packageManager),
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
    run: (root) => runScript(root, runner, [...runnerArgs, 'prisma', ...args], { label: command }),
    isSkipped,
  }
}

function commandsOf(tasks: readonly Task[]): string[] {
  return tasks.map(({ command }) => command)
}

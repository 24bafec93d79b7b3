import { basename, relative, resolve } from 'node:path'
import { withChosenFeatures } from '../ask-features.js'
import { installTask, prismaTask, runTasks, type Task } from '../bring-up.js'
import { defaultFeatures } from '../core/features.js'
import { DEFAULT_NAMES } from '../core/names/names.js'
import { defaultPrefix, parsePrefix } from '../core/names/prefix.js'
import { asCreation, renderApp } from '../core/plan/new-app.js'
import { type AppPlan, planSystems } from '../core/plan/plan-systems.js'
import { emptyRecord } from '../core/record/record.js'
import { type Environment, type Options, readTestedPackages, templatesOf } from '../environment.js'
import { createSecret } from '../pipeline.js'
import { withLock } from '../shell/lock.js'
import { refuseUnlessEmpty, withNewFolder } from '../shell/new-folder.js'
import { writePlan } from '../shell/write-plan.js'
import { showOutcome, showPlan, showPreview } from '../show.js'

/** A new app: its skeleton, in memory, gets what a scaffold would write, and then it is written. */
export async function createApp(
  folder: string,
  options: Options,
  environment: Environment,
): Promise<number> {
  const root = resolve(options.cwd, folder)
  refuseUnlessEmpty(root)
  const plan = await planApp(basename(root), options, environment)
  if (options.dryRun) return showPreview(plan, options, environment)

  return withNewFolder(root, () =>
    withLock(root, async () => {
      showPlan(plan, options, environment)
      await writePlan(root, plan.operations)
      const outcome = await runTasks(root, tasksFor(plan, options), { ...options, yes: true })
      const nextSteps = [
        `cd ${relative(process.cwd(), root) || '.'}`,
        ...outcome.left,
        'npm run dev, then open http://localhost:3000',
      ]
      showOutcome(plan, outcome, nextSteps, { options, environment })

      return outcome.failure ? 1 : 0
    }),
  )
}

async function planApp(name: string, options: Options, environment: Environment): Promise<AppPlan> {
  const prefix = parsePrefix(options.prefix ?? defaultPrefix(DEFAULT_NAMES))
  const system = { names: DEFAULT_NAMES, prefix, features: defaultFeatures() }
  const wanted = await withChosenFeatures(system, options)
  const { version } = environment
  const tested = readTestedPackages(environment)
  const db = options.db ?? 'sqlite'
  const app = renderApp(
    templatesOf(environment, 'app'),
    { name, db, prefix, features: wanted.features },
    tested[5],
  )
  const plan = planSystems([wanted], {
    project: app,
    record: emptyRecord(version),
    templates: templatesOf(environment, 'auth'),
    tested,
    version,
    secret: createSecret(),
  })

  return { ...plan, operations: asCreation(app, plan) }
}

/** Migrations reach a database: the embedded one is there, another one may not be yet. */
function tasksFor({ facts }: AppPlan, { db, skipInstall, skipMigrate }: Options): Task[] {
  const isElsewhere = db === 'postgresql'

  return [
    installTask(facts, skipInstall),
    prismaTask(facts, ['generate'], skipInstall),
    prismaTask(facts, ['migrate', 'deploy'], skipInstall || skipMigrate || isElsewhere),
  ]
}

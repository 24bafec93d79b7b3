import { resolve } from 'node:path'
import { type Operation, visible } from '../core/plan/plan.js'
import type { AppPlan } from '../core/plan/plan-systems.js'
import { Problem } from '../core/problem.js'
import { readBase } from '../core/record/read-record.js'
import type { RecordedFile } from '../core/record/record.js'
import { isUnder } from '../core/record/under.js'
import { renderDiff } from '../core/report/diff.js'
import type { Environment, Options } from '../environment.js'
import { type App, asItIs, planApp, readApp } from '../pipeline.js'
import { findApp } from '../shell/find-app.js'
import { page } from '../shell/pager.js'
import { wantsColour } from '../shell/terminal.js'
import { writeJson } from '../write-json.js'

/**
 * What the owner changed since a file was generated; with `--incoming`, what this version would
 * change; with `--result`, what a scaffold would leave, against what is there.
 */
export async function showDiff(
  path: string | undefined,
  options: Options,
  environment: Environment,
): Promise<number> {
  const root = await findApp(resolve(options.cwd), environment.stderr)
  const app = await readApp(root, environment)
  const isWanted = path === undefined ? () => true : isUnder([path])
  const changes = (await changesFor(app, options, environment)).filter((change) =>
    isWanted(change.path),
  )
  if (path !== undefined && changes.length === 0) throw notOurs(path)
  if (options.json) {
    const diffs = changes.map((change) => ({
      path: change.path,
      diff: renderDiff([change], { colour: false }),
    }))
    writeJson({ files: diffs.filter(({ diff }) => diff !== '') }, environment)
  } else {
    const { stdout } = environment
    await page(renderDiff(changes, { colour: wantsColour(stdout) }), stdout)
  }

  return 0
}

function notOurs(path: string): Problem {
  return new Problem(
    `${path} is not a file that create-auth generated here.`,
    'Run create-auth diff without a path to see all of them.',
  )
}

async function changesFor(
  app: App,
  { incoming, result }: Options,
  environment: Environment,
): Promise<Operation[]> {
  const files = app.record.systems.flatMap((system) => system.files)
  if (!incoming && !result) return files.map((file) => ownChanges(file, app))
  const plan = await planApp(app, asItIs, environment)

  return result ? visible(plan) : files.flatMap((file) => incomingChanges(file, plan))
}

function ownChanges(file: RecordedFile, { project }: App): Operation {
  const after = project.get(file.path) ?? null

  return { verb: 'update', path: file.path, before: readBase(project, file), after }
}

function incomingChanges({ path }: RecordedFile, { operations }: AppPlan): Operation[] {
  return operations
    .filter((operation) => operation.path === path && operation.verb !== 'by hand')
    .map(({ verb, before, versions = { base: before, theirs: null } }) => ({
      verb,
      path,
      before: versions.base,
      after: versions.theirs,
    }))
}

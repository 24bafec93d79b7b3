import { resolve } from 'node:path'
import { chooseSystems } from '../core/choose-systems.js'
import { renderDiff } from '../core/diff.js'
import type { Operation } from '../core/plan.js'
import { Problem } from '../core/problem.js'
import { readBase } from '../core/read-record.js'
import type { RecordedFile } from '../core/record.js'
import { changesIn } from '../core/virtual-project.js'
import type { Environment, Options } from '../environment.js'
import { type App, planFor, readApp } from '../pipeline.js'
import { wantsColour } from '../shell/terminal.js'
import { writeJson } from '../write-json.js'

/** What the owner changed since a file was generated or, with `--incoming`, what this version would. */
export async function showDiff(
  path: string | undefined,
  options: Options,
  environment: Environment,
): Promise<number> {
  const app = await readApp(resolve(options.cwd), environment)
  const files = filesUnder(path, app)
  const changes = options.incoming
    ? await incoming(app, files, environment)
    : files.map((file) => ownChanges(file, app))
  if (options.json) {
    const diffs = changes.map((change) => ({
      path: change.path,
      diff: renderDiff([change], { colour: false }),
    }))
    writeJson({ files: diffs.filter(({ diff }) => diff !== '') }, environment)
  } else {
    environment.stdout.write(renderDiff(changes, { colour: wantsColour(environment.stdout) }))
  }

  return 0
}

function filesUnder(path: string | undefined, { record }: App): RecordedFile[] {
  const files = record.systems.flatMap((system) => system.files)
  if (path === undefined) return files
  const wanted = path.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '')
  const found = files.filter((file) => file.path === wanted || file.path.startsWith(`${wanted}/`))
  if (found.length > 0) return found

  throw new Problem(
    `${path} is not a file that create-auth generated here.`,
    'Run create-auth diff without a path to see all of them.',
  )
}

function ownChanges(file: RecordedFile, { project }: App): Operation {
  const after = project.get(file.path) ?? null

  return { verb: 'update', path: file.path, before: readBase(project, file), after }
}

async function incoming(
  { root, project }: App,
  files: readonly RecordedFile[],
  environment: Environment,
): Promise<Operation[]> {
  const none = [undefined, undefined, undefined] as const
  const plan = await planFor(root, async ({ record }) => chooseSystems(record, none), environment)
  const after = changesIn(project, plan.operations)
  const next = new Map(
    plan.record.systems.flatMap((system) => system.files.map((file) => [file.path, file])),
  )

  return files.map((file) => {
    const newer = next.get(file.path)

    return {
      verb: 'update',
      path: file.path,
      before: readBase(project, file),
      after: newer ? readBase(after, newer) : null,
    }
  })
}

import type { Project } from '../project.js'
import type { AuthRecord } from '../record/record.js'
import { PRUNE_SCRIPT } from '../render/own-client.js'
import { rename } from '../render/rename.js'
import { advice, type Check } from './check.js'

/** Expired tokens open nothing, swept or not; without a sweep they fill the database. */
export const expiredRows: Check = {
  name: 'expired rows',
  healthy: 'expired rows are swept',
  examine: ({ project, record }) => {
    const ours = definitions(record)
    const code = [...project]
      .filter(([path]) => /\.[cm]?[jt]s$/.test(path) && !ours.has(path))
      .map(([, text]) => text)
    const calls = (name: string) => code.some((text) => new RegExp(`\\b${name}\\(`).test(text))
    const isScheduled = SCHEDULED.test(schedulesIn(project))

    return record.systems.flatMap(({ names }) =>
      SWEEPS.some((name) => calls(rename(name, names))) || isScheduled
        ? []
        : [
            advice(
              `Nothing sweeps the expired rows of ${names.plural}, so the tables only grow.`,
              'npm run auth:prune in a schedule, once a day, or sweepExpiredRows(app) in the plugin of the log-in',
            ),
          ],
    )
  },
}

/** Whatever else an app does with these, it has them called now and then. */
const SWEEPS = ['sweepExpiredRows', 'deleteExpiredRows', 'deleteExpiredUserTokens']

const SCHEDULED = /\bauth:prune\b|\bprune-[\w-]+\.[cm]?[jt]s\b/

/** Files of ours in which these functions are defined, or call each other. */
function definitions({ systems }: AuthRecord): ReadonlySet<string> {
  const templates = ['src/accounts.ts', 'src/plugins/expired-rows.ts', PRUNE_SCRIPT]
  const files = systems.flatMap(({ files }) => files)
  const isTest = (path: string) => /\.(?:test|spec|vitest)\.[cm]?[jt]s$/.test(path)

  return new Set(
    files
      .filter(({ template, path }) => templates.includes(template) || isTest(path))
      .map(({ path }) => path),
  )
}

/** Where a schedule stands: a Procfile, a workflow, a crontab. */
function schedulesIn(project: Project): string {
  return [...project]
    .filter(([path]) => /(?:^|\/)(?:Procfile|Dockerfile|crontab)$|\.(?:ya?ml|toml|sh)$/.test(path))
    .map(([, text]) => text)
    .join('\n')
}

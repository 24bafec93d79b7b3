import { rename } from '../rename.js'
import { advice, type Check } from './check.js'

/** Expired tokens open nothing, swept or not; without a sweep they fill the database. */
export const expiredRows: Check = {
  name: 'expired rows',
  healthy: 'expired rows are swept',
  examine: ({ project, record }) => {
    const code = [...project].filter(([path]) => /\.[cm]?[jt]s$/.test(path)).map(([, text]) => text)
    const calls = (name: string) =>
      code.some((text) => new RegExp(`(?<!function )\\b${name}\\(`).test(text))
    const isScheduled = /\bauth:prune\b/.test(schedulesIn(project))

    return record.systems.flatMap(({ names }) =>
      calls('sweepExpiredRows') || calls(rename('deleteExpiredUserTokens', names)) || isScheduled
        ? []
        : [
            advice(
              `Nothing sweeps the expired rows of ${names.plural}, so the tables only grow.`,
              'sweepExpiredRows(app) in the plugin of the log-in, or a schedule that deletes them',
            ),
          ],
    )
  },
}

/** Where a schedule stands: a Procfile, a workflow, a crontab. */
function schedulesIn(project: ReadonlyMap<string, string>): string {
  return [...project]
    .filter(([path]) => /(?:^|\/)(?:Procfile|Dockerfile|crontab)$|\.(?:ya?ml|toml|sh)$/.test(path))
    .map(([, text]) => text)
    .join('\n')
}

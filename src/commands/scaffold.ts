import { withAnswers, withChosenFeatures } from '../ask-features.js'
import { chooseSystems, type Words, withPrefix } from '../core/plan/choose-systems.js'
import type { Environment, Options } from '../environment.js'
import { applyTo } from '../pipeline.js'
import { whoLogsIn } from '../who-logs-in.js'

/** Writes auth into an app, or brings a new version into the auth that it has. */
export function scaffold(words: Words, options: Options, environment: Environment) {
  return applyTo(
    async (app) => {
      const { record } = app
      const chosen = chooseSystems(record, await whoLogsIn(words, app, options))
      const [first, ...others] = withPrefix(chosen, options.prefix, record)
      const isNew = !record.systems.some(({ names }) => names.model === first.names.model)
      const wanted = isNew ? await withChosenFeatures(first, options) : withAnswers(first, options)

      return [wanted, ...others.map((system) => withAnswers(system, options))]
    },
    options,
    environment,
  )
}

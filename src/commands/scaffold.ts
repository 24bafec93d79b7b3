import { chooseSystems, withPrefix, type Words } from '../core/choose-systems.js'
import { changedFeatures, FEATURES, findFeature } from '../core/features.js'
import type { WantedSystem } from '../core/plan-systems.js'
import { type Environment, isInteractive, type Options } from '../environment.js'
import { applyTo } from '../pipeline.js'
import { ask } from '../shell/ask.js'
import { whoLogsIn } from '../who-logs-in.js'

/** Writes auth into an app, or brings a new version into the auth that it has. */
export function scaffold(words: Words, options: Options, environment: Environment) {
  return applyTo(
    async (app) => {
      const { record } = app
      const chosen = chooseSystems(record, await whoLogsIn(words, app, options))
      const [first, ...others] = withPrefix(chosen, options.prefix, record)
      const isNew = !record.systems.some(({ names }) => names.model === first.names.model)
      const wanted = isNew && mayAsk(options) ? await askForFeatures(first) : first

      return [withAnswers(wanted, options), ...others.map((system) => withAnswers(system, options))]
    },
    options,
    environment,
  )
}

/** Whoever typed some features has chosen; a dry run shows what comes of the defaults. */
function mayAsk(options: Options): boolean {
  const { html, without, dryRun } = options

  return isInteractive(options) && !dryRun && html === undefined && without === undefined
}

async function askForFeatures(system: WantedSystem): Promise<WantedSystem> {
  const { features } = await ask({
    features: {
      type: 'multiselect',
      message: 'What besides registration, log-in and settings? Space chooses, Enter goes on',
      choices: FEATURES.map(({ name, about }) => ({ value: name, title: `${name}: ${about}` })),
      initial: system.features,
      flag: '--without <features>',
    },
  })

  return { ...system, features }
}

/** The system with what was typed left out or put in; as it was where nothing was typed. */
export function withAnswers(system: WantedSystem, { html, without = [] }: Options): WantedSystem {
  const add = html === true ? ['html'] : []
  const remove = [...(html === false ? ['html'] : []), ...without]
  for (const name of remove) findFeature(name)

  return { ...system, features: changedFeatures(system.features, { add, remove }) }
}

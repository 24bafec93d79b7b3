import { changedFeatures, FEATURES, findFeature } from './core/features.js'
import type { WantedSystem } from './core/plan/plan-systems.js'
import { isInteractive, type Options } from './environment.js'
import { ask } from './shell/ask.js'

/** The features of a system that is new: those that were typed, or those that are chosen now. */
export async function withChosenFeatures(
  system: WantedSystem,
  options: Options,
): Promise<WantedSystem> {
  return withAnswers(mayAsk(options) ? await askForFeatures(system) : system, options)
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

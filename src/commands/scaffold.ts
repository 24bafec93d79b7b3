import { chooseSystems, type Words } from '../core/choose-systems.js'
import type { WantedSystem } from '../core/plan-systems.js'
import { type Environment, isInteractive, type Options } from '../environment.js'
import { applyTo } from '../pipeline.js'
import { ask } from '../shell/ask.js'

/** Writes auth into an app, or brings a new version into the auth that it has. */
export function scaffold(words: Words, options: Options, environment: Environment) {
  return applyTo(
    async ({ record }) => {
      const [first, ...others] = chooseSystems(record, words)
      const isNew = !record.systems.some(({ names }) => names.model === first.names.model)
      const html = options.html ?? (isNew ? await askForPages(options) : undefined)

      return [withPages(first, html), ...others.map((system) => withPages(system, html))]
    },
    options,
    environment,
  )
}

async function askForPages(options: Options): Promise<boolean | undefined> {
  if (!isInteractive(options) || options.dryRun) return undefined
  const { html } = await ask({
    html: {
      type: 'confirm',
      message: 'With pages (registration, log-in, settings), besides the JSON answers?',
      initial: true,
      flag: '--no-html',
    },
  })

  return html
}

/** The system with pages or without, as somebody said; as it was when nobody did. */
export function withPages(system: WantedSystem, html: boolean | undefined): WantedSystem {
  if (html === undefined) return system
  const others = system.features.filter((name) => name !== 'html')

  return { ...system, features: html ? [...others, 'html'] : others }
}

import { DEFAULT_NAMES, type Names } from './core/names/names.js'
import { NO_WORDS, type Words, wordsFor } from './core/plan/choose-systems.js'
import { Problem } from './core/problem.js'
import { guessUsers } from './core/user-model/guess-users.js'
import { isInteractive, type Options } from './environment.js'
import type { App } from './pipeline.js'
import { ask } from './shell/ask.js'

/**
 * The names for an app's first auth system: as typed, or those of the model that its users have
 * already. Where several may be meant, somebody has to say which.
 */
export async function whoLogsIn(
  words: Words,
  { record, project, around }: Pick<App, 'record' | 'project' | 'around'>,
  options: Options,
): Promise<Words> {
  if (record.systems.length > 0 || words.some((word) => word !== undefined)) return words
  const { sure, possible } = guessUsers(project, around)
  if (sure !== null || possible.length === 0) return wordsFor(sure)
  if (isInteractive(options) && !options.dryRun) return askWhoLogsIn(possible)
  if (possible.length === 1 && (options.yes || options.dryRun)) return NO_WORDS

  throw new Problem(
    `This app may have its users already, in the model ${possible.map(({ model }) => model).join(' or ')}.`,
    `Say who logs in: ${[...possible, DEFAULT_NAMES].map(commandFor).join(', or ')}.`,
    2,
  )
}

async function askWhoLogsIn(possible: readonly Names[]): Promise<Words> {
  const { model } = await ask({
    model: {
      type: 'select',
      message: 'Who logs in?',
      choices: [
        ...possible.map((names) => ({
          value: names.model,
          title: names.model,
          description: 'the model that is there: keeps its fields, gets what it lacks',
        })),
        { value: DEFAULT_NAMES.model, title: `${DEFAULT_NAMES.model}, a new model` },
      ],
      flag: possible.map(commandFor).join(' or '),
    },
  })

  return wordsFor(possible.find((names) => names.model === model) ?? DEFAULT_NAMES)
}

function commandFor({ context, model, plural }: Names): string {
  return `create-auth scaffold ${context} ${model} ${plural}`
}

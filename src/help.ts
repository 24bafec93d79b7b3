import type { Command } from 'commander'
import { FEATURES } from './core/features.js'

export const EXAMPLES = `
Examples:
  create-auth new my-app                        a new app, ready to run
  create-auth scaffold                          auth for the app in this folder
  create-auth scaffold Identity Member members  the same, with other nouns
  create-auth doctor                            is the log-in of this app well?

Exit codes:
  0    done, and nothing is left
  1    something is left to you, or refused
  2    wrong usage
  130  interrupted
`

/** Room for the description: what a command takes is told by its own help. */
export function termOf(command: Command): string {
  const [only, ...others] = command.registeredArguments
  const usage = only && others.length === 0 ? command.usage().replace('[options] ', '') : ''

  return `${command.name()} ${usage}`.trim()
}

export const NAMES_OF_FEATURES = FEATURES.map(({ name }) => name).join(', ')

export const LIST_OF_FEATURES = FEATURES.map(({ name, about }) => `${name}: ${about}`).join('; ')

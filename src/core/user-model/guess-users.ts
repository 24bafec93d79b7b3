import type { ModelFacts } from '../facts/facts.js'
import { readManifest } from '../facts/manifest.js'
import { readPrisma } from '../facts/read-prisma.js'
import { openSources } from '../facts/sources.js'
import { DEFAULT_NAMES, type Names, typeNameOf } from '../names/names.js'
import { flattened } from '../names/reserved-names.js'
import { Problem } from '../problem.js'
import type { Project } from '../project.js'
import { isEmail, isPassword } from './user-fields.js'

/** Models that may be who logs in. One that is sure needs no question. */
export type Guess = { sure: Names | null; possible: Names[] }

/**
 * Who logs in to an app that has no auth of ours yet, by its schema: the model called User, or the
 * one that is called something like it and has an email or a password.
 */
export function guessUsers(project: Project, around: Project = new Map()): Guess {
  const all = modelsIn(project, around)
  if (all.some(({ name }) => name === DEFAULT_NAMES.model)) {
    return { sure: DEFAULT_NAMES, possible: [] }
  }

  const rated = all.map((model) => ({ names: namesFor(model), rating: rate(model) }))
  const sure = rated.filter(({ rating }) => rating === 'sure')
  const possible = rated.filter(({ rating }) => rating !== 'no').map(({ names }) => names)
  const [only] = sure
  if (sure.length !== 1 || !only) return { sure: null, possible }

  return { sure: only.names, possible }
}

/** What keeps an app from being read is said by the plan, which reads all of it. */
function modelsIn(project: Project, around: Project): ModelFacts[] {
  try {
    return [...readPrisma(openSources(project, around), readManifest(project)).models.values()]
  } catch (error) {
    if (error instanceof Problem) return []
    throw error
  }
}

/** What such models are called, without plural endings. */
const USERS = words(`user account member usuario usuaria utilisateur utilisatrice utente benutzer
  nutzer gebruiker uzytkownik kullanici appuser useraccount login`)

/** These log in, or are only written about. */
const PEOPLE = words(`customer client cliente kunde person pessoa persona people employee staff
  admin administrator operator player student teacher author profile owner seller`)

function rate({ name, fields }: ModelFacts): 'sure' | 'maybe' | 'no' {
  const word = singular(name)
  const hasEmail = fields.some(isEmail)
  const hasPassword = fields.some(isPassword)
  if (USERS.has(word)) return hasEmail || hasPassword ? 'sure' : 'no'
  if (hasEmail && hasPassword) return 'sure'

  return PEOPLE.has(word) && (hasEmail || hasPassword) ? 'maybe' : 'no'
}

function namesFor({ name }: ModelFacts): Names {
  const model = typeNameOf(name)
  const plural = pluralOf(model)
  const isTaken = ['account', 'accounts'].some((word) =>
    [model, plural].map(flattened).includes(word),
  )

  return { context: isTaken ? 'Identity' : DEFAULT_NAMES.context, model, plural }
}

/** English, Spanish and Portuguese endings. A model in the plural needs another word beside it. */
function pluralOf(model: string): string {
  const word = model
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
  if (/people$|[^s]s$/.test(word) && USERS.has(singular(model))) {
    return `${word.replace(/s$/, '')}_accounts`
  }
  if (/person$/.test(word)) return word.replace(/person$/, 'people')
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, 'ies')

  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}

function singular(name: string): string {
  return flattened(name).replace(/(?<=[^s])s$/, '')
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}

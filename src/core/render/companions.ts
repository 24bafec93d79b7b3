import { capitalized, type Names } from '../names/names.js'

const MODELS = /\b([Uu])ser(?=(?:Tokens?|Sessions?|RateLimits?)(?:\b|[A-Z]\w*Input\b))/g
const TABLES = /\busers(?=_(?:tokens|sessions|rate_limits)\b)/g

/**
 * A template in which the models beside that of the users, their tables and what holds a row of
 * them have longer names, because the app has models of the usual ones.
 */
export function withCompanions(text: string, { companions }: Names): string {
  if (companions === undefined) return text
  const prefix = companions.toLowerCase()

  return text
    .replace(MODELS, (_whole, first: string) =>
      first === 'U' ? `${capitalized(prefix)}User` : `${prefix}User`,
    )
    .replace(TABLES, `${prefix}_users`)
}

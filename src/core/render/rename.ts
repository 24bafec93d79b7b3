import { type Casing, capitalized, casings, type Names } from '../names/names.js'
import { type Region, type RegionCasing, regionsOf } from './regions.js'

/**
 * A template for `Accounts`, `User` and `users`, told about other nouns. Templates carry no
 * markers: the nouns themselves are found on the boundaries of word parts, and written in the
 * casing that their surroundings ask for. `path` says what language the text is in.
 */
export function rename(text: string, names: Names, path = ''): string {
  return mapNouns(text, names, regionsOf(text, path))
}

/** The path that a template has in an app with these names. */
export function renamePath(path: string, names: Names): string {
  return mapNouns(path, names, [{ end: path.length, casing: 'kebab' }])
}

/** Words of others that contain the noun `user` and are never ours. */
export const KEPT_WORDS: readonly RegExp[] = [
  // The header and what is derived from it: user-agent, userAgent, USER_AGENT, "user agent".
  /(?:(?<![A-Za-z])user|User|USER)[-_ ]?(?:[Aa]gents?|AGENTS?)(?![a-z])/,
  // getUserInfo of @fastify/csrf-protection, os.userInfo().
  /(?:(?<![A-Za-z])user|User)Info(?![a-z])/,
  // process.cpuUsage(before).user
  /(?<=\bcpuUsage\(\w*\)\.)user/,
  // CSS.
  /(?<![A-Za-z])user-(?:select|drag|modify|valid|invalid|scalable)(?![A-Za-z])/,
  // The account of a database or mail server.
  /(?<![A-Za-z])(?:POSTGRES|MYSQL|MARIADB|PG|DB|DATABASE|SMTP)_USER(?![A-Za-z])/,
  /(?<=:\/\/)user(?=[:@])/,
  // Control lines of a template, which never reach an app.
  /^[ \t]*(?:\/\/|#|\/\*|<!--)%.*/,
  // npm's and Docker's.
  /(?<![A-Za-z])npm_config_user(?![a-z])/,
  /^USER(?= [a-z])/,
]

const NOUN =
  /(?<![A-Za-z])(?:users?|accounts)(?![a-z])|(?:Users?|Accounts)(?![a-z])|(?<![A-Za-z])(?:USERS?|ACCOUNTS)(?![A-Za-z])/

const NOUN_OR_KEPT = new RegExp(
  `${KEPT_WORDS.map(({ source }) => source).join('|')}|(?<noun>${NOUN.source})`,
  'gm',
)

function mapNouns(text: string, names: Names, regions: readonly Region[]): string {
  const forms = casings(names)
  const casingAt = readerOf(regions)
  let result = ''
  let end = 0
  for (const match of text.matchAll(NOUN_OR_KEPT)) {
    const noun = match.groups?.noun
    if (noun === undefined) continue
    const place = placeOf(text, match.index, noun, casingAt(match.index))
    const written = writeNoun(formOf(noun, forms), noun, place)
    const gap = text.slice(end, match.index)
    result += (written === noun ? gap : withArticleFor(written, gap)) + written
    end = match.index + noun.length
  }

  return result + text.slice(end)
}

function formOf(noun: string, forms: ReturnType<typeof casings>): Casing {
  const lower = noun.toLowerCase()
  if (lower === 'accounts') return forms.context

  return lower === 'user' ? forms.model : forms.plural
}

/** Regions are asked for in order, so one pass over them is enough. */
function readerOf(regions: readonly Region[]): (offset: number) => RegionCasing {
  let current = 0

  return (offset) => {
    while (current < regions.length - 1 && offset >= (regions[current]?.end ?? 0)) current += 1

    return regions[current]?.casing ?? 'camel'
  }
}

type Place = { before: string; after: string; region: RegionCasing }

function placeOf(text: string, start: number, noun: string, region: RegionCasing): Place {
  const end = start + noun.length

  return {
    before: text.slice(Math.max(0, start - 40), start),
    after: text.slice(end, end + 12),
    region,
  }
}

function writeNoun(form: Casing, noun: string, place: Place): string {
  if (noun === noun.toUpperCase()) return form.constant
  if (noun.charAt(0) !== noun.charAt(0).toLowerCase()) return writeCapitalized(form, place)

  return form[casingOfLowerCase(place)]
}

function writeCapitalized(form: Casing, { before, after, region }: Place): string {
  if (/[A-Za-z0-9]-$/.test(before) || /^-[A-Za-z0-9]/.test(after)) {
    return form.kebab.split('-').map(capitalized).join('-')
  }

  const isSentence =
    STARTS_SENTENCE.test(before) && /^(?:['’]s?)?(?:[\s,!?<]|\.(?!\w)|$)/.test(after)

  return region === 'words' && isSentence ? capitalized(form.words) : form.pascal
}

const STARTS_SENTENCE = /(?:^|[.!?:>"'“]\s*|(?:\/\/\/?|\*|#|--)\s*|^\s+)$/

const FILE_EXTENSION = /^(?:\.(?:test|spec))?\.(?:[cm]?[jt]s|ejs|css|sql|md|html)(?![A-Za-z(])/

function casingOfLowerCase({ before, after, region }: Place): RegionCasing {
  if (/^[0-9]*[A-Z]/.test(after)) return 'camel'
  if (/[A-Za-z0-9]_+$/.test(before) || /^[0-9]*_+[A-Za-z0-9]/.test(after)) return 'snake'
  if (/-$/.test(before) || /^[0-9]*-[A-Za-z0-9$]/.test(after)) return 'kebab'
  if (/^[0-9]*(?:\+[a-z0-9]+)?@/.test(after)) return 'kebab'
  if (/(?<![/*])\/$/.test(before) || /^[0-9]*\/(?![/*])/.test(after)) return 'kebab'
  if (FILE_EXTENSION.test(after)) return 'kebab'
  if (region !== 'words') return region

  return isNamedInProse(before, after) ? 'camel' : 'words'
}

/** In a comment, `user.email`, `user()` and the word in backticks still mean the code. */
function isNamedInProse(before: string, after: string): boolean {
  if (/\w[.]$|`[^`\n]*[.(]$|@param $|\{$/.test(before)) return true
  if (/`$/.test(before) && /^[`.?(:,]/.test(after)) return true

  return /^\??\.[A-Za-z]|^\((?!s\))|^\[/.test(after)
}

const ARTICLE =
  /(?<![A-Za-z0-9_.])(?<![A-Za-z0-9]['’])([Aa])n?((?:[ \t]+|[ \t]*\r?\n[ \t]*(?:\/\/+|\*|#|--)?[ \t]*)["'`(]?)$/

/** "a user" becomes "an admin". */
function withArticleFor(noun: string, gap: string): string {
  return gap.replace(
    ARTICLE,
    (_whole, article: string, space: string) => `${article}${takesAn(noun) ? 'n' : ''}${space}`,
  )
}

/** English asks for the sound: a user, a unit, a European, an umpire, an hour. */
function takesAn(noun: string): boolean {
  if (/^(?:eu|ewe|one|once|ub[aeiou]|uni|ur[aeiou]|us[aeiu]|ut[aei])/i.test(noun)) return false

  return /^(?:[aeiou]|heir|hono|hour)/i.test(noun)
}

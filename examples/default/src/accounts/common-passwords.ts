import { COMMON_PASSWORDS } from './common-password-list.js'

// What the passwords of leaked lists are made of (OWASP ASVS 6.2.4). At fifteen characters a
// common password is seldom one word: it is these words and runs, repeated and strung together.
const WORDS = `
  password passwort passw0rd p@ssw0rd p@ssword pass secret letmein welcome admin administrator
  root user login guest default changeme change master access superuser test testing qwerty
  azerty qwertz iloveyou loveyou love lovely princess sunshine monkey dragon football baseball
  basketball soccer hockey superman batman spiderman pokemon starwars michael jordan jennifer
  jessica ashley daniel charlie thomas andrew matthew anthony joshua robert hunter buster
  shadow killer trustno1 whatever freedom computer internet samsung google facebook liverpool
  chelsea arsenal barcelona juventus mustang ferrari porsche corvette harley yamaha phoenix
  cookie chocolate cheese banana summer winter spring autumn january february december monday
  friday secure security private nothing please forever family friends money jesus christ
  angel devil tigger pepper ginger maggie bailey flower butterfly purple orange silver golden
  diamond lucky happy smile peace matrix ninja pirate zxcvbn asdf abc abcd aaa abc123 a1b2c3
  q1w2e3r4 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 3edc4rfv zaq12wsx zaq1 xsw2 cde3 vfr4 qazwsx edcrfv
  thisismypassword thisismysecret ilovemyself mypassword
`
  .trim()
  .split(/\s+/)

const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '!@#$%^&*()',
]

const LONGEST_RUN = Math.max(...RUNS.map(({ length }) => length))
const SHORTEST_RUN = 4

const DIGITS_OR_SYMBOL = /^(?:\d+|[!?.*#$@&])$/

/** The app's own name. What else is guessed first here, a company or a town, belongs beside it. */
const OWN_WORDS: string[] = ['my-app']

/** Two of the listed words and some digits are guessed; of more there are too many to try. */
const MOST_LISTED = 2

const LISTED = new Set(COMMON_PASSWORDS.trim().split(/\s+/))

/**
 * Whether a password is made of nothing but common words, digits, runs of the keyboard, one
 * character repeated, the app's name and the `own` words of its place: the email of the account,
 * the address of the app (OWASP ASVS 6.2.4 and 6.2.11). Of the long list, up to two words.
 */
export function isCommonPassword(password: string, own: string[] = []): boolean {
  const text = once(withoutSeparators(password))
  if (text.length < SHORTEST_RUN) return true

  const words = new Set([...WORDS, ...[...OWN_WORDS, ...own].flatMap(spellings)])

  // needed[i]: how many listed words it takes to cut the first i characters into common pieces.
  const needed = [0]

  for (let end = 1; end <= text.length; end += 1) {
    const ways = needed.map((before, start) => before + costOf(text.slice(start, end), words))
    needed.push(Math.min(...ways))
  }

  return (needed[text.length] ?? 0) <= MOST_LISTED
}

function costOf(piece: string, words: Set<string>): number {
  if (words.has(piece) || DIGITS_OR_SYMBOL.test(piece) || isRun(piece)) return 0

  return LISTED.has(piece) ? 1 : Number.POSITIVE_INFINITY
}

function isRun(piece: string): boolean {
  if (piece.length < SHORTEST_RUN || piece.length > LONGEST_RUN) return false
  if (new Set(piece).size === 1) return true

  const backwards = [...piece].reverse().join('')

  return RUNS.some((run) => run.includes(piece) || run.includes(backwards))
}

// Of an address, the name before the @ and the domain's first part are guessed as well.
function spellings(word: string): string[] {
  const parts = [word, ...word.split('@'), ...word.split(/[^a-z0-9]+/i)]

  return parts.map(withoutSeparators).filter((part) => part.length > 2)
}

// What is typed again and again is as easy to guess as what is typed once.
function once(text: string): string {
  return text.replace(/^(.+?)\1+$/, '$1')
}

function withoutSeparators(text: string): string {
  return text.toLowerCase().replace(/[\s._\-+,;:/]+/g, '')
}

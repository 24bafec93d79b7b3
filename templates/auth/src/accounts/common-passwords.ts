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

const LONGEST_PIECE = 26
const SHORTEST_RUN = 4

/**
 * Whether a password is nothing but common words, digits, runs of the keyboard and one
 * character repeated, or nothing but those and the `own` words of its account (OWASP ASVS
 * 6.2.11): the email address, the app's name.
 */
export function isCommonPassword(password: string, own: string[] = []): boolean {
  const text = password.toLowerCase().replace(/[\s._\-+,;:]+/g, '')
  const words = new Set([...WORDS, ...own.flatMap(spellings)])

  // reachable[i]: the first i characters can be cut into pieces that are all common.
  const reachable = [true]

  for (let end = 1; end <= text.length; end += 1) {
    reachable[end] = range(Math.max(0, end - LONGEST_PIECE), end).some(
      (start) => reachable[start] === true && isCommonPiece(text.slice(start, end), words),
    )
  }

  return reachable[text.length] === true
}

function isCommonPiece(piece: string, words: Set<string>): boolean {
  return words.has(piece) || /^\d+$/.test(piece) || /^[!?.*#$@&]$/.test(piece) || isRun(piece)
}

function isRun(piece: string): boolean {
  if (piece.length < SHORTEST_RUN) return false
  if (new Set(piece).size === 1) return true

  const backwards = [...piece].reverse().join('')

  return RUNS.some((run) => run.includes(piece) || run.includes(backwards))
}

// Of an address, the name before the @ and the domain's first part are guessed as well.
function spellings(word: string): string[] {
  const parts = [word, ...word.split('@'), ...word.split(/[^a-z0-9]+/i)]

  return parts
    .map((part) => part.toLowerCase().replace(/[\s._\-+,;:]+/g, ''))
    .filter((part) => part.length > 2)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

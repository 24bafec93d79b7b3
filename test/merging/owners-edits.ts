/** What people do to generated files, as random changes of a text. */

export type Random = (below: number) => number

/** The same numbers for the same seed. */
export function seeded(seed: number): Random {
  let state = seed

  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0

    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A change of a text, near a line where there is one; `null` where it does not fit. */
type OwnersEdit = (text: string, random: Random, near: readonly number[]) => string | null

const CODE: Record<string, OwnersEdit> = {
  'change a message': replaceOne(/'[A-Z][^'\n]{6,}'/g, () => "'Meine eigene Meldung.'"),
  'change a number': replaceOne(/(?<![\w.'-])\d+(?![\w.'-])/g, (found) => `${Number(found) + 7}`),
  'rename a function': rename,
  'add an import': insertBehind(/^import .*'$/gm, "import { audit } from '../audit.js'"),
  'add a name to an import': replaceOne(/(?<=^import \{ .*) \}/gm, () => ', mineToo }'),
  'log something': insertBehind(
    /^ {2,}(?:const|await|return|if) .*[\w)]$/gm,
    "  app.log.info('mine')",
  ),
  'add a property': insertBehind(/^ {2,}\w+: [^{}()]*,$/gm, '  mine: true,'),
  'add an argument': replaceOne(/(?<=[a-z]\(\w+)\)/g, () => ', mine)'),
  'wrap a call': replaceOne(/(?<=await )(\w+)\([\w, ]*\)/g, (found) => `timed(${found})`),
  'change a condition': replaceOne(/(?<=if \()[^()\n]+(?=\))/g, (found) => `${found} || isMine`),
  'add a comment': insertBehind(/^.*[{,)]$/gm, '  // mine'),
  'add a function': (text) => `${text}\nfunction ofMine() {\n  return 1\n}\n`,
  'remove a line': replaceOne(/^ {2,}(?:await|app)[.\w ]+\([^\n]*\)\n/gm, () => ''),
}

const PAGE: Record<string, OwnersEdit> = {
  'translate a text': replaceOne(/(?<=>)[A-Z][\w ]{3,}(?=<)/g, () => 'Mein Text'),
  'add a class': replaceOne(/(?<=<(?:p|form|h1|div|input|button))(?=[ >])/g, () => ' class="mine"'),
  'add a line': insertBehind(/^.*>$/gm, '  <p>Mine</p>'),
}

const STYLES: Record<string, OwnersEdit> = {
  'change a value': replaceOne(/(?<=: )[\w.#-]+(?=;)/g, () => 'inherit'),
  'add a property': insertBehind(/^ {2,}[\w-]+: .*;$/gm, '  outline: none;'),
  'add a rule': (text) => `${text}\n.mine {\n  color: red;\n}\n`,
}

export const REFORMAT = 'reformat all of it'

/** A text as its owner has it after some months: a few edits, and at times another formatter. */
export function edited(
  path: string,
  text: string,
  { random, count, near }: { random: Random; count: number; near: readonly number[] },
): { text: string; edits: string[] } {
  const known = Object.entries(path.endsWith('.ts') ? CODE : path.endsWith('.css') ? STYLES : PAGE)
  const edits: string[] = []
  let result = text
  for (let tries = 0; edits.length < count && tries < 20; tries += 1) {
    const [name, edit] = known[random(known.length)] ?? []
    const next = edit?.(result, random, near) ?? null
    if (name === undefined || next === null || next === result || edits.includes(name)) continue
    result = next
    edits.push(name)
  }
  if (path.endsWith('.ts') && random(5) === 0) {
    result = reformatted(result)
    edits.push(REFORMAT)
  }

  return { text: result, edits }
}

/** Double quotes, semicolons and tabs; the lines inside of a template are no formatting. */
export function reformatted(text: string): string {
  const templates: string[] = []

  return text
    .replace(COMMENT_OR_TEMPLATE, (found) =>
      /^`[\s\S]*\n/.test(found) ? `\`\0${templates.push(found) - 1}\`` : found,
    )
    .replace(/^(?![ \t]*(?:\/\/|\/?\*))[^'"`\n]*'[^'"\n`\\]*'[^'"`\n]*$/gm, (line) =>
      line.replaceAll("'", '"'),
    )
    .replace(/^( {2})+(?=\S)/gm, (white) => '\t'.repeat(white.length / 2))
    .replace(/^(\t*)((?:import|return|const|await) .*[\w)"])(?=\n\1?(?:[\w}]|\n))/gm, '$1$2;')
    .replace(/`\0(\d+)`/g, (_match, index: string) => templates[Number(index)] ?? '')
}

const COMMENT_OR_TEMPLATE = /(?<!:)\/\/.*|\/\*[\s\S]*?\*\/|`[^`]*`/g

function replaceOne(pattern: RegExp, change: (found: string) => string): OwnersEdit {
  return (text, random, near) => {
    const found = choose([...text.matchAll(pattern)], text, random, near)
    if (!found) return null
    const { index, 0: old } = found

    return text.slice(0, index) + change(old) + text.slice(index + old.length)
  }
}

function insertBehind(pattern: RegExp, line: string): OwnersEdit {
  return replaceOne(pattern, (found) => {
    const indentation = /^ */.exec(found)?.[0] ?? ''

    return `${found}\n${indentation}${line.trim()}`
  })
}

function rename(text: string, random: Random, near: readonly number[]): string | null {
  const [, name] = choose([...text.matchAll(/function (\w+)/g)], text, random, near) ?? []

  return name ? text.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}OfMine`) : null
}

/** Of two edits, one is where the new version changed something too: people edit what matters. */
function choose(
  found: RegExpExecArray[],
  text: string,
  random: Random,
  near: readonly number[],
): RegExpExecArray | null {
  const line = (match: RegExpExecArray) => text.slice(0, match.index).split('\n').length
  const close = found.filter((match) => near.some((at) => Math.abs(at - line(match)) <= 2))
  const from = close.length > 0 && random(2) === 0 ? close : found
  const chosen = from[random(from.length)]

  return chosen ?? null
}

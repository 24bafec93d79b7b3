import { type Colours, showControlCharacters } from '../report/terminal-text.js'
import type { Finding } from './check.js'
import type { Examination } from './examine.js'

/** A line for each check that is well; for each finding, what is the matter and what to do. */
export function renderExaminations(
  examinations: readonly Examination[],
  colours: Colours,
  columns: number,
): string {
  const lines = examinations.flatMap((examination) => renderOne(examination, colours, columns))

  return `${lines.join('\n')}\n\n${renderSum(examinations, colours)}\n`
}

const LEVEL_WIDTH = 9
const CHECK_WIDTH = 14
const INDENTATION = 2 + LEVEL_WIDTH + CHECK_WIDTH

function renderOne({ check, healthy, findings }: Examination, colours: Colours, columns: number) {
  const page = { colours, columns }
  if (findings.length === 0) {
    return renderText(colours.green('ok'), 'ok', check, colours.dim, [healthy], page)
  }

  return findings.flatMap((finding) => renderFinding(check, finding, page))
}

type Page = { colours: Colours; columns: number }

function renderFinding(check: string, { level, message, fix }: Finding, page: Page): string[] {
  const { colours } = page
  const paint = level === 'problem' ? colours.red : colours.yellow
  const plain = (text: string) => text

  return renderText(paint(level), level, check, plain, [message, `→ ${fix}`], page)
}

/** In a narrow window the text goes below the name of the check. */
function renderText(
  shown: string,
  level: string,
  check: string,
  paint: (text: string) => string,
  texts: readonly string[],
  { columns, colours }: Page,
): string[] {
  const start = `  ${shown}${' '.repeat(LEVEL_WIDTH - level.length)}${colours.bold(check)}`
  const isNarrow = columns - INDENTATION < NARROWEST
  const margin = ' '.repeat(isNarrow ? 2 + LEVEL_WIDTH : INDENTATION)
  const lines = texts.flatMap((text, index) =>
    wrap(oneLine(text), columns - margin.length).map(index === 0 ? paint : colours.cyan),
  )
  if (isNarrow) return [start, ...lines.map((line) => margin + line)]
  const [first = '', ...others] = lines

  return [
    `${start}${' '.repeat(Math.max(1, CHECK_WIDTH - check.length))}${first}`,
    ...others.map((line) => margin + line),
  ]
}

const NARROWEST = 40

function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  // An arrow stays with what it points to.
  for (const word of text.split(/(?<!→) /)) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > columns) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }

  return lines
}

function oneLine(text: string): string {
  return showControlCharacters(text.replace(/\s+/g, ' '))
}

function renderSum(examinations: readonly Examination[], { green, red, yellow }: Colours): string {
  const levels = examinations.flatMap(({ findings }) => findings.map(({ level }) => level))
  const problems = levels.filter((level) => level === 'problem').length
  const others = levels.length - problems
  const advice =
    others === 0 ? '' : yellow(`${others} ${others === 1 ? 'piece' : 'pieces'} of advice`)
  if (problems === 0)
    return advice === '' ? green('All is well.') : `${green('No problem')}, ${advice}.`
  const found = red(problems === 1 ? '1 problem' : `${problems} problems`)

  return advice === '' ? `${found}.` : `${found}, ${advice}.`
}

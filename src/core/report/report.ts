import type { Operation, Plan, Verb } from '../plan/plan.js'
import { FOLDER } from '../record/record.js'
import { type Colour, type Colours, showControlCharacters } from './terminal-text.js'

/** One line for each file, aligned; then what is left to do by hand, with the text to paste. */
export function renderReport(
  plan: Plan,
  colours: Colours,
  columns = Number.POSITIVE_INFINITY,
): string {
  const sections = [
    renderOperations(plan.operations, colours, columns),
    ...plan.operations
      .filter(({ verb }) => verb === 'by hand')
      .map((operation) => renderByHand(operation, colours)),
    plan.notices.map((notice) => `${showControlCharacters(notice)}\n`).join(''),
  ]

  return sections.filter((section) => section !== '').join('\n')
}

/** The last thing that is read. */
export function renderNextSteps(steps: readonly string[], colours: Colours): string {
  if (steps.length === 0) return ''

  return `${colours.bold('Next:')}\n${steps.map((step) => `  ${showControlCharacters(step)}\n`).join('')}`
}

const VERB_COLOURS: Partial<Record<Verb, Colour>> = {
  create: 'green',
  update: 'green',
  remove: 'yellow',
  deleted: 'yellow',
  kept: 'yellow',
  ejected: 'yellow',
  conflict: 'red',
  taken: 'red',
  'by hand': 'red',
  identical: 'dim',
}

const VERB_WIDTH = 11

type Line = { verb: Verb; path: string; note?: string }

function renderOperations(
  operations: readonly Operation[],
  colours: Colours,
  columns: number,
): string {
  const lines = linesOf(operations)
  const noted = lines.filter(({ note }) => note !== undefined)
  // One very long path must not push every note out of the window.
  const width = Math.max(0, ...noted.map(({ path }) => path.length).filter((length) => length < 60))

  return lines.map((line) => renderLine(line, { width, columns, colours })).join('')
}

type Page = { width: number; columns: number; colours: Colours }

function renderLine({ verb, path, note = '' }: Line, { width, columns, colours }: Page): string {
  const paint = colours[VERB_COLOURS[verb] ?? 'bold']
  const start = `  ${paint(verb.padEnd(VERB_WIDTH))}${showControlCharacters(path)}`
  if (note === '') return `${start}\n`
  const indentation = 2 + VERB_WIDTH + Math.max(width, path.length) + GAP
  const fits = columns - indentation >= NARROWEST_NOTE
  const margin = ' '.repeat(fits ? indentation : 2 + VERB_WIDTH)
  const lines = wrap(oneLine(note), columns - margin.length).map(colours.dim)
  const gap = fits ? ' '.repeat(Math.max(0, width - path.length) + GAP) : `\n${margin}`

  return `${start}${gap}${lines.join(`\n${margin}`)}\n`
}

const GAP = 4
const NARROWEST_NOTE = 24

/** Lines no longer than the window: a note breaks after a comma, or else between words. */
function wrap(text: string, columns: number): string[] {
  const parts = text.split(/(?<=,) /)
  const pieces = parts.every(({ length }) => length <= columns) ? parts : text.split(' ')
  const lines: string[] = []
  for (const piece of pieces) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + piece.length > columns) lines.push(piece)
    else lines[lines.length - 1] = `${line} ${piece}`
  }

  return lines
}

/** Files that stay as they are share a line, and so do the record's own: neither is news. */
function linesOf(operations: readonly Operation[]): Line[] {
  const files = operations.filter(({ path }) => !path.startsWith(`${FOLDER}/`))
  const isNews = ({ verb, note }: Operation) => verb !== 'identical' || note !== undefined
  const identical = files.filter((operation) => !isNews(operation))
  const news = files.filter(isNews).map(toLine)

  return [...news, ...recordLine(operations), ...countLine(identical)]
}

function toLine({ verb, path, note }: Operation): Line {
  if (verb === 'by hand') return { verb, path, note: 'see below' }

  return note === undefined ? { verb, path } : { verb, path, note }
}

function recordLine(operations: readonly Operation[]): Line[] {
  const changed = operations.filter(
    ({ path, before, after }) => path.startsWith(`${FOLDER}/`) && before !== after,
  )
  if (changed.length === 0) return []
  const isNew = changed.some(({ path, before }) => path.endsWith('/record.json') && before === null)

  return [
    { verb: isNew ? 'create' : 'update', path: `${FOLDER}/`, note: 'what was written; commit it' },
  ]
}

function countLine(identical: readonly Operation[]): Line[] {
  if (identical.length === 0) return []
  const [only] = identical
  const count = `${identical.length} files`

  return [{ verb: 'identical', path: identical.length === 1 && only ? only.path : count }]
}

function renderByHand({ path, note = '', paste }: Operation, colours: Colours): string {
  const title = `${colours.bold(`By hand: ${showControlCharacters(path)}`)}\n`
  if (paste === undefined) return `${title}  ${oneLine(note)}\n`
  const text = showControlCharacters(paste.replaceAll('\r\n', '\n'))
  const lines = text.trimEnd().split('\n')

  return [
    title,
    `  ${oneLine(note)} Paste this:\n\n`,
    ...lines.map((line) => (line === '' ? '\n' : `    ${line}\n`)),
  ].join('')
}

function oneLine(text: string): string {
  return showControlCharacters(text.replace(/\s+/g, ' '))
}

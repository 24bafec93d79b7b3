import type { Document } from './document.js'
import type { Entry } from './lists.js'
import { mergeOrder } from './order.js'
import { oneSided, type Three } from './versions.js'

export type Names = {
  /** `a`, `type a`, `a as b`. */
  names: string[]
  /** `import type `, `import fastify, `. */
  before: string
  /** ` from './module.js'`, and the rest of the line. */
  after: string
  isLong: boolean
}

/** What an import names in its braces; `null` where it is written in a way of its own. */
export function namesOf(entry: Pick<Entry, 'body' | 'end'>, document: Document): Names | null {
  const text = document.text.slice(entry.body, entry.end)
  const [, before, inside, after] = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(text) ?? []
  if (before === undefined || inside === undefined || after === undefined) return null
  if (/\/[/*]/.test(before + inside)) return null
  const names = inside.split(',').map((name) => name.trim().replace(/\s+/g, ' '))

  return { names: names.filter(Boolean), before, after, isLong: inside.includes('\n') }
}

export function mergeNames({ base, ours, theirs }: Three<Names | null>): string | null {
  if (ours === null || theirs === null) return null
  const before = sideOf({ base: base?.before ?? '', ours: ours.before, theirs: theirs.before })
  const after = sideOf({ base: base?.after ?? '', ours: ours.after, theirs: theirs.after })
  const names = mergeOrder(
    { base: base?.names ?? [], ours: ours.names, theirs: theirs.names },
    () => true,
  )
  if (before === null || after === null || names === null) return null

  return printNames({ before, after, names, isLong: ours.isLong })
}

export function printNames({ before, after, names, isLong }: Names): string {
  const line = `${before}{ ${names.join(', ')} }${after}`
  if (!isLong && line.length <= WIDTH) return line

  return `${before}{\n${names.map((name) => `  ${name},\n`).join('')}}${after}`
}

function sideOf(texts: Three<string>): string | null {
  const side = oneSided(texts)

  return side && texts[side]
}

const WIDTH = 100

import type { Node } from 'jsonc-parser'
import type { Insertion } from './insertion.js'
import type { Entry, Json, ObjectTarget } from './json-keys.js'
import { indentationAt, indentationUnit, lineEndAt } from './whitespace.js'

/** Where and how the entries go into an object, laid out like its other keys. */
export function objectInsertions(text: string, { object, entries }: ObjectTarget): Insertion[] {
  if (entries.length === 0) return []
  const properties = object.children ?? []
  const layout = layoutOf(text, object)
  if (properties.length === 0) return [fillEmpty(text, object, entries, layout)]

  const keys = properties.map(({ children }) => String(children?.[0]?.value))
  const places = new Map<number, Entry[]>()
  for (const entry of entries) {
    const place = entry.follow(keys, entry.key)
    places.set(place, [...(places.get(place) ?? []), entry])
  }

  return [...places].map(([place, placed]) => {
    const texts = placed.map((entry) => renderEntry(entry, layout))
    const before = properties[place]

    return before
      ? { at: endOf(before), text: texts.map((entry) => `,${layout.gap}${entry}`).join('') }
      : {
          at: properties[0]?.offset ?? object.offset + 1,
          text: texts.map((entry) => `${entry},${layout.gap}`).join(''),
        }
  })
}

type Layout = {
  /** What stands between a comma and the next key. */
  gap: string
  /** The indentation of a key that has a line of its own. */
  indentation: string
  /** One step further; empty where everything is on one line. */
  unit: string
  colon: string
  lineEnd: string
}

function layoutOf(text: string, object: Node): Layout {
  const lineEnd = lineEndAt(text, object.offset)
  const [first, second] = object.children ?? []
  if (!first) {
    const indentation = indentationAt(text, object.offset) + indentationUnit(text)

    return {
      gap: lineEnd + indentation,
      indentation,
      unit: indentationUnit(text),
      colon: ': ',
      lineEnd,
    }
  }
  const colon = /\s/.test(text[(first.colonOffset ?? 0) + 1] ?? '') ? ': ' : ':'
  const isOnOwnLine = text.slice(object.offset, first.offset).includes('\n')
  if (!isOnOwnLine) {
    const gap = second ? (/[ \t]*$/.exec(text.slice(endOf(first), second.offset))?.[0] ?? '') : ' '

    return { gap, indentation: '', unit: '', colon, lineEnd }
  }
  const indentation = indentationAt(text, first.offset)

  return { gap: lineEnd + indentation, indentation, unit: indentationUnit(text), colon, lineEnd }
}

function fillEmpty(text: string, object: Node, entries: Entry[], layout: Layout): Insertion {
  const rest = text.slice(object.offset + 1, endOf(object))
  const closes = rest.includes('\n') ? '' : layout.lineEnd + indentationAt(text, object.offset)
  const texts = entries.map((entry) => layout.gap + renderEntry(entry, layout))

  return { at: object.offset + 1, text: texts.join(',') + closes }
}

function renderEntry({ key, value }: Entry, { colon, ...layout }: Layout): string {
  return `${JSON.stringify(key)}${colon}${renderValue(value, layout)}`
}

function renderValue(value: Json, layout: Omit<Layout, 'colon'>): string {
  return JSON.stringify(value, null, layout.unit).replaceAll(
    '\n',
    layout.lineEnd + layout.indentation,
  )
}

function endOf(node: Node): number {
  return node.offset + node.length
}

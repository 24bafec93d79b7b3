import { linesOf } from './lines.js'
import { fieldParts } from './read-schema.js'

/** The columns of neighbouring fields: how wide the names are, how wide the types. */
export type Columns = { names: number; types: number }

/** Fields as `prisma format` would write them: names, types and attributes each in a column. */
export function alignFields(lines: readonly string[], indentation: string): string[] {
  const columns = columnsOf(lines)

  return lines.map((line) => alignField(line, indentation, columns))
}

/** One field in given columns; a line that is no field, like a comment, is only indented. */
export function alignField(line: string, indentation: string, columns: Columns): string {
  const parts = partsOf(line)
  if (!parts) return `${indentation}${line.trim()}`.trimEnd()
  const { name, type, rest } = parts
  const isComment = rest.startsWith('/')
  const paddedType = isComment ? type : type.padEnd(columns.types)

  return `${indentation}${name.padEnd(columns.names)} ${paddedType} ${rest}`.trimEnd()
}

export function columnsOf(lines: readonly string[]): Columns {
  const parts = lines.flatMap((line) => partsOf(line) ?? [])

  return {
    names: Math.max(0, ...parts.map(({ name }) => name.length)),
    types: Math.max(0, ...parts.map(({ type }) => type.length)),
  }
}

/** A whole block, with its comments, as `prisma format` would write it. */
export function alignBlock(text: string, indentation = '  '): string {
  const laidOut: string[] = []
  let group: string[] = []
  let isInside = false
  for (const line of text.split(/\r?\n/)) {
    const closes = /^\s*\}/.test(line)
    if (isInside && !closes && !/^\s*(?:@@|$)/.test(line)) {
      group.push(line)
      continue
    }
    laidOut.push(
      ...alignFields(group, indentation),
      isInside && !closes ? `${indentation}${line.trim()}`.trimEnd() : line.trim(),
    )
    group = []
    isInside = isInside ? !closes : OPENING.test(line)
  }

  return [...laidOut, ...alignFields(group, indentation)].join('\n')
}

const OPENING = /^\s*(?:model|enum|type|view)\s.*\{/

function partsOf(line: string): { name: string; type: string; rest: string } | null {
  const code = linesOf(line)[0]?.code ?? ''
  const parts = fieldParts(code)
  if (!parts) return null
  const behindType = code.length - parts.attributes.length

  return {
    name: parts.name,
    type: parts.type + parts.modifiers,
    // With the comment, which is no part of the code.
    rest: line.slice(behindType).trim(),
  }
}

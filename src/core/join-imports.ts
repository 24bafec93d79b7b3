/**
 * Makes one import of two from the same module. A template imports what only some apps need on a
 * line of its own, because a control line can add a line and nothing less.
 */
export function joinImports(text: string): string {
  const seen = new Map<string, number>()
  const lines: (string | null)[] = text.split('\n')
  for (const [index, line] of lines.entries()) {
    const added = readImport(line)
    if (added === null) continue
    const earlier = seen.get(added.module)
    const first = earlier === undefined ? null : readImport(lines[earlier] ?? '')
    const joined = first === null ? null : printImport(join(first, added))
    if (earlier === undefined || joined === null) {
      seen.set(added.module, index)
      continue
    }
    lines[earlier] = joined
    lines[index] = null
  }

  return lines.filter((line) => line !== null).join('\n')
}

/** `import { a, type B } from './c.js'`; all names are types after `import type`. */
type NamedImport = { onlyTypes: boolean; names: string[]; module: string }

const NAMED_IMPORT = /^import (type )?\{ ([^{}]+) \} from ('[^']+')$/
const LONGEST_LINE = 100

function readImport(line: string | null): NamedImport | null {
  const [, type, names = '', module] = NAMED_IMPORT.exec(line ?? '') ?? []

  return module === undefined
    ? null
    : { onlyTypes: type !== undefined, names: names.split(', '), module }
}

function join(one: NamedImport, other: NamedImport): NamedImport {
  const onlyTypes = one.onlyTypes && other.onlyTypes
  const names = [one, other].flatMap((each) =>
    each.onlyTypes && !onlyTypes ? each.names.map((name) => `type ${name}`) : each.names,
  )

  return { onlyTypes, names: [...new Set(names)].sort(byName), module: one.module }
}

function printImport({ onlyTypes, names, module }: NamedImport): string | null {
  const line = `import ${onlyTypes ? 'type ' : ''}{ ${names.join(', ')} } from ${module}`

  return line.length > LONGEST_LINE ? null : line
}

/** In the order that formatters sort imports, by the name and not by its being a type. */
function byName(one: string, other: string): number {
  return nameOf(one).localeCompare(nameOf(other), 'en')
}

function nameOf(specifier: string): string {
  return specifier.replace(/^type /, '')
}

/**
 * Makes one import of two from the same module. A template imports what only some apps need on a
 * line of its own, because a control line can add a line and nothing less.
 */
export function joinImports(text: string): string {
  const seen = new Map<string, number>()
  const lines: (string | null)[] = text.split('\n')
  for (const [index, line] of lines.entries()) {
    const parts = partsOf(line)
    if (parts === null) continue
    const earlier = seen.get(parts.key)
    const joined = earlier === undefined ? null : join(lines[earlier] ?? '', parts.names)
    if (earlier === undefined || joined === null) {
      seen.set(parts.key, index)
      continue
    }
    lines[earlier] = joined
    lines[index] = null
  }

  return lines.filter((line) => line !== null).join('\n')
}

const NAMED_IMPORT = /^import (type )?\{ ([^{}]+) \} from ('[^']+')$/
const LONGEST_LINE = 100

function partsOf(line: string | null): { key: string; names: string[] } | null {
  const [, type = '', names = '', module = ''] = NAMED_IMPORT.exec(line ?? '') ?? []

  return module === '' ? null : { key: `${type}${module}`, names: names.split(', ') }
}

function join(line: string, added: readonly string[]): string | null {
  const joined = line.replace(
    NAMED_IMPORT,
    (_line, type: string | undefined, names: string, module: string) =>
      `import ${type ?? ''}{ ${[...names.split(', '), ...added].sort(byName).join(', ')} } from ${module}`,
  )

  return joined.length > LONGEST_LINE ? null : joined
}

/** In the order that formatters sort imports, by the name and not by its being a type. */
function byName(one: string, other: string): number {
  return nameOf(one).localeCompare(nameOf(other), 'en')
}

function nameOf(specifier: string): string {
  return specifier.replace(/^type /, '')
}

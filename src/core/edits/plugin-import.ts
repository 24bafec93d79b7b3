import type { Program } from '@babel/types'
import { type Import, isSameModule, topLevelImports } from './imports.js'
import { parseSource } from './source.js'
import { quoted, type SourceStyle } from './source-style.js'
import { descend, namesIn, startOfNode } from './syntax-tree.js'

/** A name wanted from a module. */
export type NeededImport = {
  name: string
  from: string
  /** How the file writes it, when that is not `from`: through a path alias. */
  written?: string
  /** `true` when the module exports it as its default. */
  default?: boolean
  /** Only the compiler reads it. */
  type?: boolean
}

/** A needed import with the name that it gets, and whether a line has to be added for it. */
export type ResolvedImport = NeededImport & { local: string; isNew: boolean }

/** Uses what is imported already; takes another name where the owner uses ours for something else. */
export function resolveImports(
  program: Program,
  needed: readonly NeededImport[],
): ResolvedImport[] {
  const imports = topLevelImports(program)
  const taken = new Set(namesIn(program).map(({ name }) => name))

  return needed.map((wanted) => {
    const existing = imports.find((candidate) => isImportOf(candidate, wanted))
    if (existing) return { ...wanted, local: existing.local, isNew: false }
    const local = freeName(wanted.name, taken)
    taken.add(local)

    return { ...wanted, local, isNew: true }
  })
}

export function importLine(
  { name, from, written, local, default: isDefault, type }: ResolvedImport,
  format: 'import' | 'require',
  { quote, semicolon }: SourceStyle,
): string {
  const module = quoted(written ?? from, quote)
  if (type) return `import type { ${name} } from ${module}${semicolon}`
  if (format === 'import') {
    const names = local === name ? name : `${name} as ${local}`

    return `import ${isDefault ? local : `{ ${names} }`} from ${module}${semicolon}`
  }
  const names = local === name ? name : `${name}: ${local}`

  return `const ${isDefault ? local : `{ ${names} }`} = require(${module})${semicolon}`
}

/** The expression with one of its names replaced; `{ a }` becomes `{ a: b }`. */
export function renameIn(path: string, expression: string, name: string, local: string): string {
  const wrapped = parseSource(path, `(${expression}\n)`)
  if (name === local || 'unreadable' in wrapped) return expression
  const shorthands = new Set(
    descend(wrapped.program).flatMap((node) =>
      node.type === 'ObjectProperty' && node.shorthand ? [startOfNode(node)] : [],
    ),
  )
  let result = expression
  for (const at of positionsOf(wrapped.program, name).reverse()) {
    // The expression was parsed with a bracket in front of it.
    const from = at - 1
    const replaced = shorthands.has(at) ? `${name}: ${local}` : local
    result = result.slice(0, from) + replaced + result.slice(from + name.length)
  }

  return result
}

function positionsOf(program: Program, name: string): number[] {
  return namesIn(program)
    .filter((identifier) => identifier.name === name)
    .map(startOfNode)
    .sort((left, right) => left - right)
}

function isImportOf(
  candidate: Import,
  { name, from, written = from, default: isDefault }: NeededImport,
): boolean {
  const imported = isDefault ? 'default' : name
  if (candidate.imported !== imported) return false

  return isSameModule(candidate.module, from) || isSameModule(candidate.module, written)
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  const base = `${name}Plugin`
  let free = base
  for (let number = 2; taken.has(free); number += 1) free = `${base}${number}`

  return free
}

import type { ImportDeclaration, Statement } from '@babel/types'
import type { Insertion } from './insertion.js'
import type { Source } from './source.js'
import { addAbove, addBelow } from './statements.js'
import { endOfNode, startOfNode } from './syntax-tree.js'

/** A line that imports a module. */
export type ImportOf = { module: string; line: string }

/**
 * Adds imports to those that end with `last`, each at its place in the alphabet, where the owner's
 * are in that order: linters insist on it. `null` where they are in none. What is there for what it
 * does, as `import './env.js'` is, has to come first, and stays before all that are added.
 */
export function addInOrder(
  source: Source,
  last: Statement,
  added: readonly ImportOf[],
): Insertion[] | null {
  const group = groupEndingWith(source, last)
  const places = added
    .toSorted((one, other) => (isBefore(one.module, other.module) ? -1 : 1))
    .map(({ module, line }) => {
      const alike = alikeIn(group, module)
      const [first] = alike
      if (first === undefined) return null
      const before = alike.findLast((each) => isBefore(moduleOf(each), module))

      return before
        ? addBelow(source, before, { lines: [line] })
        : addAbove(source, first, { lines: [line] })
    })
  const found = places.filter((place) => place !== null)

  return found.length === places.length ? found : null
}

/** The imports of names without an empty line between them, down to the last one. */
function groupEndingWith({ program, text }: Source, last: Statement): ImportDeclaration[] {
  const statements = program.body.slice(0, program.body.indexOf(last) + 1).reverse()
  const group: ImportDeclaration[] = []
  for (const statement of statements) {
    if (statement.type !== 'ImportDeclaration' || statement.specifiers.length === 0) break
    const [next] = group
    const between = next ? text.slice(endOfNode(statement), startOfNode(next)) : ''
    if (/\n\s*\n/.test(between)) break
    group.unshift(statement)
  }

  return group
}

/** Those of the same kind, or else all of the app's own, where they are in order and not one alone. */
function alikeIn(group: readonly ImportDeclaration[], module: string): ImportDeclaration[] {
  const kind = kindOf(module)
  const own = group.filter((each) => kind !== 'package' && kindOf(moduleOf(each)) !== 'package')
  const same = group.filter((each) => kindOf(moduleOf(each)) === kind)

  return [same, own].find((each) => each.length > 1 && isSorted(each)) ?? []
}

function kindOf(module: string): 'parent' | 'sibling' | 'package' {
  if (module.startsWith('../')) return 'parent'

  return module.startsWith('./') ? 'sibling' : 'package'
}

function isSorted(imports: readonly ImportDeclaration[]): boolean {
  return imports.every((each, index) => {
    const before = imports[index - 1]

    return before === undefined || !isBefore(moduleOf(each), moduleOf(before))
  })
}

function moduleOf({ source }: ImportDeclaration): string {
  return source.value
}

function isBefore(one: string, other: string): boolean {
  return one.toLowerCase() < other.toLowerCase()
}

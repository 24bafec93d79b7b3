import { compareModules, compareNames } from './order-of-imports.js'

/** `import { a, type B } from './c.js'`; all names are types after `import type`. */
type NamedImport = { module: string; onlyTypes: boolean; names: string[] }

/** Any other import, as it is written. */
type OtherImport = { module: string; clause: string }

const IMPORT = /^(import [^'"]+ from '[^'\n]+'\n)/m
const CLAUSE_AND_MODULE = /^import ([^'"]+) from '([^'\n]+)'\n$/
const NAMES = /^(type )?\{([^{}]*)\}$/
const LONGEST_LINE = 100

/**
 * Makes one import of those from the same module, and puts neighbours in order. A template imports
 * what only some apps need on a line of its own, because a control line can add a line and nothing
 * less; and where a module lies is different in each app. Imports that an empty line or a comment
 * keeps apart stay apart.
 */
export function tidyImports(text: string): string {
  // Every other piece is an import, with what stands before and after it around it.
  const pieces = text.split(IMPORT)
  const imports = joinSameModules(pieces.filter((_, index) => index % 2 === 1).map(readImport))
  const tidied: string[] = []
  let neighbours: (NamedImport | OtherImport)[] = []
  for (const [index, piece] of pieces.entries()) {
    const found = index % 2 === 1 ? imports[(index - 1) / 2] : null
    if (found) neighbours.push(found)
    if (index % 2 === 1 || piece === '') continue
    tidied.push(...inOrder(neighbours), piece)
    neighbours = []
  }

  return [...tidied, ...inOrder(neighbours)].join('')
}

function inOrder(imports: readonly (NamedImport | OtherImport)[]): string[] {
  return imports.toSorted((one, other) => compareModules(one.module, other.module)).map(printImport)
}

function readImport(statement: string): NamedImport | OtherImport {
  const [, clause = '', module = ''] = CLAUSE_AND_MODULE.exec(statement) ?? []
  const [, type, names] = NAMES.exec(clause) ?? []
  if (names === undefined) return { module, clause }

  return {
    module,
    onlyTypes: type !== undefined,
    names: names.split(',').map(trim).filter(Boolean),
  }
}

function trim(text: string): string {
  return text.trim()
}

/** The imports, with `null` in the place of those that an earlier one has taken in. */
function joinSameModules(
  imports: readonly (NamedImport | OtherImport)[],
): (NamedImport | OtherImport | null)[] {
  const named = new Map<string, NamedImport>()
  const joined = imports.map((each) => {
    if ('clause' in each) return each
    const first = named.get(each.module)
    named.set(each.module, first ? join(first, each) : each)

    return first ? null : each
  })

  return joined.map((each) =>
    each === null || 'clause' in each ? each : (named.get(each.module) ?? each),
  )
}

function join(one: NamedImport, other: NamedImport): NamedImport {
  const onlyTypes = one.onlyTypes && other.onlyTypes
  const names = [one, other].flatMap((each) =>
    each.onlyTypes && !onlyTypes ? each.names.map((name) => `type ${name}`) : each.names,
  )

  return { onlyTypes, names: [...new Set(names)], module: one.module }
}

function printImport(found: NamedImport | OtherImport): string {
  if ('clause' in found) return `import ${found.clause} from '${found.module}'\n`
  const names = found.names.toSorted((one, other) => compareNames(nameOf(one), nameOf(other)))
  const head = found.onlyTypes ? 'import type' : 'import'
  const line = `${head} { ${names.join(', ')} } from '${found.module}'`
  if (line.length <= LONGEST_LINE) return `${line}\n`

  return `${head} {\n${names.map((name) => `  ${name},\n`).join('')}} from '${found.module}'\n`
}

/** A name counts where it stands in the alphabet, and not its being a type. */
function nameOf(specifier: string): string {
  return specifier.replace(/^type /, '')
}

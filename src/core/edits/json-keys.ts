import type { Node, ParseError } from 'jsonc-parser'
import { parseJsonTree } from './commonjs.js'
import type { Edit } from './edit.js'
import { type Insertion, insert } from './insertion.js'
import { objectInsertions } from './json-layout.js'
import { startOf } from './whitespace.js'

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

/** Keys for one object of a file, which is made when it is missing. Keys that are there stay as they are. */
export type JsonAddition = {
  /** The keys that lead to the object, from the root. */
  at: readonly string[]
  values: Readonly<Record<string, Json>>
  /** The index of the key to follow, -1 for the object's beginning; without it, the last one. */
  follow?: (keys: readonly string[], key: string) => number
}

export type JsonFile = {
  path: string
  /** As in tsconfig.json: comments and trailing commas are allowed. */
  comments?: boolean
}

/** Adds keys to one object of a JSON file. */
export function addJsonKeys(
  text: string,
  file: JsonFile,
  at: readonly string[],
  values: Readonly<Record<string, Json>>,
): Edit {
  return addToJson(text, file, [{ at, values }])
}

/** Adds keys to several objects at once. */
export function addToJson(text: string, file: JsonFile, additions: readonly JsonAddition[]): Edit {
  const paste = pasteFor(additions)
  const mark = startOf(text)
  const body = text.slice(mark)
  const root = readJson(body, file)
  if (root?.type !== 'object') {
    return { kind: 'cannot', reason: `${file.path} is no JSON object.`, paste }
  }
  const found = additions.map((addition) => resolve(root, addition))
  const unusable = found.find((target) => 'unusable' in target)
  if (unusable && 'unusable' in unusable) {
    return { kind: 'cannot', reason: `"${unusable.unusable}" in ${file.path} is no object.`, paste }
  }
  const insertions = group(found.filter((target) => 'object' in target)).flatMap((target) =>
    objectInsertions(body, target),
  )
  if (insertions.length === 0) return { kind: 'already done' }

  return apply(body, text.slice(0, mark), insertions, file, additions, paste)
}

/** Values for one object, in the order in which they are to stand. */
export type ObjectTarget = { object: Node; entries: Entry[] }
export type Entry = { key: string; value: Json; follow: NonNullable<JsonAddition['follow']> }

/** The value of an object's key; the last one counts, as it does for whoever reads the file. */
export function memberOf(object: Node, key: string): Node | undefined {
  return object.children?.findLast((property) => property.children?.[0]?.value === key)
    ?.children?.[1]
}

export function readJson(body: string, { comments = false }: JsonFile): Node | undefined {
  const errors: ParseError[] = []
  try {
    const root = parseJsonTree(body, errors, {
      disallowComments: !comments,
      allowTrailingComma: comments,
    })

    return errors.length === 0 ? root : undefined
  } catch {
    // Nested so deeply that the parser runs out of stack.
    return undefined
  }
}

function apply(
  body: string,
  mark: string,
  insertions: readonly Insertion[],
  file: JsonFile,
  additions: readonly JsonAddition[],
  paste: string,
): Edit {
  const text = insert(body, insertions)
  const root = readJson(text, file)
  const isThere = ({ at, values }: JsonAddition) =>
    Object.keys(values).every((key) => root && reach(root, [...at, key]))
  if (!additions.every(isThere)) {
    return { kind: 'cannot', reason: `${file.path} has no room for another key.`, paste }
  }
  const inserted = [...insertions].sort((left, right) => left.at - right.at).map(({ text }) => text)

  return { kind: 'done', text: mark + text, inserted }
}

/** The object to add to, with what it lacks; the nearest one there is, when it has to be made. */
function resolve(
  root: Node,
  { at, values, follow = lastKey }: JsonAddition,
): ObjectTarget | { unusable: string } {
  let object = root
  for (const [depth, key] of at.entries()) {
    const next = memberOf(object, key)
    if (next === undefined) {
      return {
        object,
        entries: [{ key, value: nest(at.slice(depth + 1), values), follow: sectionOrder }],
      }
    }
    if (next.type !== 'object') return { unusable: key }
    object = next
  }
  const missing = Object.entries(values).filter(([key]) => memberOf(object, key) === undefined)

  return { object, entries: missing.map(([key, value]) => ({ key, value, follow })) }
}

function group(targets: readonly ObjectTarget[]): ObjectTarget[] {
  const byObject = new Map<Node, Entry[]>()
  for (const { object, entries } of targets) {
    byObject.set(object, [...(byObject.get(object) ?? []), ...entries])
  }

  return [...byObject].map(([object, entries]) => ({ object, entries }))
}

function nest(keys: readonly string[], values: Json): Json {
  const [first, ...rest] = keys

  return first === undefined ? values : { [first]: nest(rest, values) }
}

function reach(root: Node, keys: readonly string[]): Node | undefined {
  return keys.reduce<Node | undefined>((object, key) => object && memberOf(object, key), root)
}

function lastKey(keys: readonly string[]): number {
  return keys.length - 1
}

/** `dependencies` stands in front of `devDependencies`. */
function sectionOrder(keys: readonly string[], key: string): number {
  const development = keys.indexOf('devDependencies')
  if (key === 'dependencies' && development !== -1) return development - 1
  const runtime = keys.indexOf('dependencies')

  return key === 'devDependencies' && runtime !== -1 ? runtime : keys.length - 1
}

function pasteFor(additions: readonly JsonAddition[]): string {
  const parts = additions.map(({ at, values }) => JSON.stringify(nest(at, values), null, 2))

  return `${parts.join('\n')}\n`
}

import { type Document, readDocument } from '../document.js'
import { declarationsIn, keysOf, namesDeclaredAtTop } from './declarations.js'

/** A generated file before a merge; `null` where there is none. */
export type Moving = { path: string; base: string | null; theirs: string }

/** A declaration that the new version has in another file than the base. */
export type Move = { name: string; to: string }

const CODE = /\.[cm]?[jt]s$/

/** What one file declares in the base, and exactly one other file in the new version. */
export function movesFrom(from: Moving, files: readonly Moving[]): Move[] {
  const [base, theirs] = [read(from.path, from.base), read(from.path, from.theirs)]
  if (base === null || theirs === null) return []
  const [before, stays] = [declarationsIn(base), new Set(namesDeclaredAtTop(theirs))]
  const others = files.filter(({ path }) => path !== from.path && CODE.test(path))

  return [...before.keys()].flatMap((name): Move[] => {
    if (stays.has(name)) return []
    const arrivals = others.filter((file) => declares(file, 'theirs', name))
    const [arrival, ...more] = arrivals.filter((file) => !declares(file, 'base', name))
    const leaves = others.some(
      (file) => declares(file, 'base', name) && !declares(file, 'theirs', name),
    )
    if (!arrival || more.length > 0 || leaves) return []

    return isLike(name, base, read(arrival.path, arrival.theirs))
      ? [{ name, to: arrival.path }]
      : []
  })
}

function declares({ path, base, theirs }: Moving, side: 'base' | 'theirs', name: string): boolean {
  const text = side === 'base' ? base : theirs
  // Most files that have the word only use it, and need not be parsed.
  const pattern = `(?:function[*\\s]|class|const|let|var|type|interface|enum)\\s*${name}\\b`
  if (text === null || !new RegExp(pattern).test(text)) return false
  const document = read(path, text)

  return document !== null && namesDeclaredAtTop(document).includes(name)
}

function read(path: string, text: string | null): Document | null {
  return text !== null && CODE.test(path) ? readDocument(path, text) : null
}

/** Whether it is the same thing, and not another one of that name. */
function isLike(name: string, base: Document, theirs: Document | null): boolean {
  const [old, now] = [declarationsIn(base).get(name), theirs && declarationsIn(theirs).get(name)]
  if (!old || !now || !theirs) return false
  const [before, after] = [keysOf(base, old), keysOf(theirs, now)]
  const left = [...before]
  const shared = after.filter((key) => {
    const at = left.indexOf(key)
    if (at >= 0) left.splice(at, 1)

    return at >= 0
  })

  return (2 * shared.length) / (before.length + after.length) >= LEAST_ALIKE
}

const LEAST_ALIKE = 0.6

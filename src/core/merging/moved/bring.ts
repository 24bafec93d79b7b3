import { plain } from '../../text.js'
import { type Document, readDocument } from '../document.js'
import { declaredIn } from '../guard.js'
import { type Carried, isPlain } from './carried.js'
import {
  type Binding,
  bindingsIn,
  exportsOf,
  moduleFrom,
  namesUsed,
  withoutSuffix,
} from './scope.js'
import type { Work } from './work.js'

/** Names that the result has by the owner's edit. */
export function namesBrought(
  base: Document,
  ours: Document,
  theirs: Document,
  result: Document,
): string[] {
  const [before, mine, now] = [namesUsed(base), namesUsed(ours), namesUsed(theirs)]

  return [...namesUsed(result)].filter(
    (name) => !now.has(name) || (mine.has(name) && !before.has(name)),
  )
}

/**
 * The import that makes a name mean the same in the other file, none where it does so already;
 * `null` where it does not, or may not.
 */
export function bring(
  name: string,
  { document, merged, to }: { document: Document; merged: Document; to: string },
  work: Work,
): Carried[] | null {
  const here = bindingsIn(work.three.ours).get(name)
  const there = bindingsIn(merged).get(name)
  const isLocal = declaredIn(document).has(name)
  if (here === undefined) return there === undefined || isLocal ? [] : null
  if (isLocal) return null
  if (here.kind === 'own') return isWhereItWent(name, there, to, work) ? [] : null
  const module = moduleFrom(work.from.path, here.statement.source.value)
  if (there) {
    const isSameImport =
      there.kind === 'import' &&
      there.imported === here.imported &&
      moduleFrom(to, there.statement.source.value) === module

    return isSameImport ? [] : null
  }
  // An import that came with the file may be of something that the new version has no more.
  if (bindingsIn(work.three.base).has(name) || module === withoutSuffix(to)) return null
  const generated = work.files.find(({ path }) => withoutSuffix(path) === module)
  const target = generated && readDocument(generated.path, plain(generated.theirs))
  if (generated && !(target && exportsOf(target)?.has(here.imported))) return null
  if (here.statement.specifiers.length > 1 && !isPlain(here.statement, work.three.ours)) return null

  return [{ local: name, statement: here.statement }]
}

/** Whether the other file knows what the owner's file declared from where the new version has it. */
function isWhereItWent(
  name: string,
  there: Binding | undefined,
  to: string,
  { moves, three, from }: Work,
): boolean {
  const isStill = bindingsIn(three.theirs).get(name)?.kind === 'own'
  const now = moves.find((move) => move.name === name)?.to ?? (isStill ? from.path : null)
  if (now === null || !bindingsIn(three.base).has(name) || !there) return false
  if (there.kind === 'own') return now === to

  return (
    there.imported === name && moduleFrom(to, there.statement.source.value) === withoutSuffix(now)
  )
}

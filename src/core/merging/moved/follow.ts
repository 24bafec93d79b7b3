import { plain, shapeLike, shapeOf } from '../../text.js'
import { type Document, readDocument } from '../document.js'
import { declaredIn } from '../guard.js'
import type { Labels } from '../markers.js'
import { merge } from '../merge.js'
import { newNamesIn, type Renames } from '../renames.js'
import { each } from '../versions.js'
import { arrive, textOf } from './arrive.js'
import { type Carried, withoutImports } from './carried.js'
import { declarationsIn, isSame, without } from './declarations.js'
import { exportedByOwner, handOn } from './hand-on.js'
import { type Move, movesFrom } from './moves.js'
import { ownersNames, withOwnersNames, withoutOwnersNames } from './owners-names.js'
import { type Binding, bindingsIn, namesUsed } from './scope.js'
import { keepsAllWords } from './words-of-files.js'
import type { Documents, File, Work } from './work.js'

export type Followed = {
  /** The new texts: the file that was edited, and those where its declarations are now. */
  texts: ReadonlyMap<string, string>
  /** The declarations whose edits went along. */
  moves: readonly Move[]
}

/** What became of edits to declarations that the new version has elsewhere. */
export type Outcome =
  /** There are none of them. */
  | 'nothing moved'
  /** It is not certain how: that is for a person. */
  | 'unclear'
  | Followed

/**
 * The new version has moved declarations to other files, and the owner had edited them where they
 * were: each edit goes where its declaration went. All of a file's edits do, or none.
 */
export function followMoves(path: string, files: readonly File[], labels: Labels): Outcome {
  const found = files.find((file) => file.path === path)
  const documents = found && documentsOf(found)
  if (!found || !documents) return 'nothing moved'
  const all = movesFrom(found, files)
  const names = ownersNames(documents, all)
  const ours = names.size > 0 && withoutOwnersNames(path, documents.ours, names)
  const three = ours ? { ...documents, ours } : documents
  const from = ours ? { ...found, ours: shapeLike(ours.text, shapeOf(found.ours ?? '')) } : found
  const here = declarationsIn(three.ours)
  const moves = all.filter(({ name }) => here.has(name))
  const edited = moves.filter(
    ({ name }) => !isSame(name, three.base, three.ours) || usesOthers(name, three),
  )
  const isClean = from.merged !== null
  if (moves.length === 0 || (isClean && edited.length === 0)) return 'nothing moved'

  const others = files.map((file) => (file === found ? from : file))

  return follow({ from, files: others, labels, three, names, moves, edited }) ?? 'unclear'
}

function follow(work: Work): Followed | null {
  const { from, files, labels, three, moves, edited } = work
  if (!isInOrder(three, moves) || edited.some(({ name }) => usesOthers(name, three))) return null
  const arrivals = [...new Set(edited.map(({ to }) => to))].map((to) =>
    arrive(
      to,
      edited.filter((move) => move.to === to),
      work,
    ),
  )
  if (!arrivals.every((one) => one !== null)) return null
  const carried = arrivals.flatMap((one) => one.carried)
  const stayed = withoutMoved(work, carried)
  const rest = stayed && merge(stayed, labels, from.path)
  if (rest?.kind !== 'clean' || !knowsAllNames(rest.text, work)) return null
  const text = handOn(from.path, rest.text, exportedByOwner(three, edited))
  if (text === null) return null
  const arrived = arrivals.map(({ path, text }): [string, string] => [path, text])
  const texts = new Map([...arrived, [from.path, text]])
  const touched = files.filter((file) => texts.has(file.path))
  const named = withOwnersNames(from.path, text, work)
  if (named === null || !keepsAllWords(touched, texts, newNamesOf(three))) return null

  return { texts: texts.set(from.path, shapeLike(named, shapeOf(from.ours ?? ''))), moves: edited }
}

function newNamesOf({ base, ours, theirs }: Documents): Renames {
  return new Map([...newNamesIn(theirs, base), ...newNamesIn(ours, base)])
}

function documentsOf({ path, base, ours, theirs }: File): Documents | null {
  if (base === null || ours === null || !/\.[cm]?[jt]s$/.test(path)) return null
  const three = each({ base, ours, theirs }, (text) => readDocument(path, plain(text)))

  return three.base && three.ours && three.theirs ? (three as Documents) : null
}

/** Whether the owner left them in their order: one that was moved within the file is a question. */
function isInOrder({ base, ours }: Documents, moves: readonly Move[]): boolean {
  const names = moves.map(({ name }) => name)
  const order = (document: Document) =>
    [...declarationsIn(document).keys()].filter((name) => names.includes(name)).join()

  return order(base) === order(ours)
}

/** Whether what it uses is another thing for the owner: an import of a module of theirs. */
function usesOthers(name: string, { base, ours }: Documents): boolean {
  const found = declarationsIn(base).get(name)
  const declaration = found && readDocument('declaration.ts', textOf(base, found))
  const [before, now] = [bindingsIn(base), bindingsIn(ours)]

  return [...(declaration ? namesUsed(declaration) : [])].some(
    (used) => placeOf(before.get(used)) !== placeOf(now.get(used)),
  )
}

function placeOf(binding: Binding | undefined): string {
  return binding?.kind === 'import'
    ? `${binding.imported} of ${binding.statement.source.value}`
    : (binding?.kind ?? 'none')
}

/** The base and the owner's file as if what moved had never been there. */
function withoutMoved({ from, three, moves }: Work, carried: readonly Carried[]) {
  const names = new Set(moves.map(({ name }) => name))
  const rangesIn = (document: Document) =>
    [...declarationsIn(document).values()]
      .filter(({ name }) => names.has(name))
      .map(({ gap, end }) => ({ start: gap, end }))
  const ours = readDocument(from.path, without(three.ours.text, rangesIn(three.ours)))
  if (!ours) return null
  const used = namesUsed(ours)
  const bindings = bindingsIn(ours)
  const unused = carried.flatMap(({ local }): Carried[] => {
    const binding = bindings.get(local)

    return binding?.kind === 'import' && !used.has(local)
      ? [{ local, statement: binding.statement }]
      : []
  })
  const text = withoutImports(ours, unused)

  return text === null
    ? null
    : {
        base: without(three.base.text, rangesIn(three.base)),
        ours: text,
        theirs: three.theirs.text,
      }
}

/** What is left of the owner's file may still use what went away. */
function knowsAllNames(text: string, { from, three, moves }: Work): boolean {
  const result = readDocument(from.path, text)
  if (!result) return false
  const [bound, used, usedBefore] = [bindingsIn(result), namesUsed(result), bindingsIn(three.ours)]
  const wanted = [...used].filter(
    (name) => usedBefore.has(name) || bindingsIn(three.theirs).has(name),
  )

  return (
    wanted.every((name) => bound.has(name) || isLocal(name, result, three)) &&
    moves.every(({ name }) => !used.has(name) || bound.has(name))
  )
}

/** A parameter may have the name of what was once at the top of the file. */
function isLocal(name: string, result: Document, { ours, theirs }: Documents): boolean {
  return (
    declaredIn(result).has(name) &&
    [ours, theirs].some((side) => declaredIn(side).has(name) && !bindingsIn(side).has(name))
  )
}

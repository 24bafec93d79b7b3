import { plain, shapeLike, shapeOf } from '../../text.js'
import { type Document, readDocument } from '../document.js'
import type { Labels } from '../markers.js'
import { merge } from '../merge.js'
import { oneSided, type Three } from '../versions.js'
import { bring, namesBrought } from './bring.js'
import { type Carried, withImports } from './carried.js'
import { type Declaration, declarationsIn, isSame } from './declarations.js'
import type { Move } from './moves.js'
import { bindingsIn } from './scope.js'
import type { Work } from './work.js'

type Arrival = { path: string; text: string; carried: Carried[] }

/** A file with the owner's edits of the declarations that came into it; `null` where one is not sure. */
export function arrive(to: string, moves: readonly Move[], work: Work): Arrival | null {
  const file = work.files.find(({ path }) => path === to)
  if (!file || file.merged === null) return null
  const [theirs, merged] = [file.theirs, file.merged].map((text) => readDocument(to, plain(text)))
  const ours = file.ours === null ? null : readDocument(to, plain(file.ours))
  if (!theirs || !merged || (file.ours !== null && ours === null)) return null
  const carried: Carried[] = []
  let { text } = merged
  const inPlace = [...declarationsIn(merged).values()].reverse()
  for (const declaration of inPlace) {
    if (!moves.some(({ name }) => name === declaration.name)) continue
    // Nobody but the new version may have put it there.
    const isOurs = ours !== null && bindingsIn(ours).has(declaration.name)
    if (isOurs || !isSame(declaration.name, theirs, merged)) return null
    const result = mergeDeclaration(declaration, { theirs, merged, to }, work)
    if (result === null) return null
    text = text.slice(0, declaration.start) + result.text + text.slice(declaration.end)
    carried.push(...result.carried)
  }
  if (moves.some(({ name }) => !inPlace.some((one) => one.name === name))) return null
  const unique = carried.filter(
    ({ local }, index) => carried.findIndex((one) => one.local === local) === index,
  )
  const replaced = readDocument(to, text)
  if (!replaced) return null
  const place = { document: work.three.ours, from: work.from.path, to }
  const result = unique.length === 0 ? text : withImports(replaced, unique, place)

  return readDocument(to, result) === null
    ? null
    : { path: to, text: shapeLike(result, shapeOf(file.merged)), carried: unique }
}

type Place = { theirs: Document; merged: Document; to: string }

function mergeDeclaration(
  declaration: Declaration,
  { theirs, merged, to }: Place,
  work: Work,
): { text: string; carried: Carried[] } | null {
  const { three, labels } = work
  const own = (document: Document) => declarationsIn(document).get(declaration.name)
  const [old, mine, incoming] = [own(three.base), own(three.ours), own(theirs)]
  if (!old || !mine || !incoming) return null
  // What the owner exported must be there to be handed on; what is private now was not for others.
  if (old.isExported !== mine.isExported && !(mine.isExported && incoming.isExported)) return null
  const isExported = ({ isExported }: Declaration) => incoming.isExported && !isExported
  const versions = {
    base: textOf(three.base, old, isExported(old)),
    ours: textOf(three.ours, mine, isExported(mine)),
    theirs: textOf(merged, declaration),
  }
  const above = mergeAbove(
    {
      base: aboveOf(three.base, old),
      ours: aboveOf(three.ours, mine),
      theirs: aboveOf(merged, declaration),
    },
    labels,
  )
  const result = merge(versions, labels, to)
  const read = (text: string) => readDocument(to, text)
  const [base, ours, now, document] = [
    versions.base,
    versions.ours,
    versions.theirs,
    result.text,
  ].map(read)
  if (result.kind === 'conflict' || above === null) return null
  if (!base || !ours || !now || !document) return null
  if (dependsOnPlace(base, ours)) return null
  const carried: Carried[] = []
  for (const name of namesBrought(base, ours, now, document)) {
    const goes = bring(name, { document, merged, to }, work)
    if (goes === null) return null
    carried.push(...goes)
  }

  return { text: `${above}${result.text.trim()}`, carried }
}

/** Without the comment above it; `export` in front is no change where the new version wants it. */
export function textOf({ text }: Document, { body, end }: Declaration, isExported = false): string {
  return `${isExported ? 'export ' : ''}${text.slice(body, end)}\n`
}

function aboveOf({ text }: Document, { start, body }: Declaration): string {
  return text.slice(start, body)
}

/** A comment that each side wrote where there was none: both stay. */
function mergeAbove(above: Three<string>, labels: Labels): string | null {
  const side = oneSided(above, (left, right) => left.trim() === right.trim())
  if (side) return above[side]

  if (above.base === '') return above.theirs + above.ours
  const merged = merge(above, labels, 'above.ts')

  return merged.kind === 'clean' ? merged.text : null
}

/** What the owner's edit says of files is said from where it was. */
function dependsOnPlace(base: Document, ours: Document): boolean {
  const before = new Set(base.tokens.map(({ key }) => key))

  return ours.tokens.some(
    ({ key }) =>
      !before.has(key) &&
      (/^['"`]\.{0,2}\//.test(key) ||
        /^(?:import|meta|require|module|exports|__dirname|__filename)$/.test(key)),
  )
}

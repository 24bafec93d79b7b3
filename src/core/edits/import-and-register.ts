import type { Edit } from './edit.js'
import { lastImport, moduleFormat } from './imports.js'
import { type Insertion, insert } from './insertion.js'
import { findPlace, type Place } from './place.js'
import {
  importLine,
  type NeededImport,
  type ResolvedImport,
  resolveImports,
} from './plugin-import.js'
import { propertiesRead, registerLines } from './register-lines.js'
import { isRegistered } from './registered.js'
import type { Registration } from './registration.js'
import { addInOrder } from './sorted-imports.js'
import { isExpression, parseSource, type Source } from './source.js'
import { PLAIN_STYLE, type SourceStyle, styleOf } from './source-style.js'
import { addAbove, addBelow, addInside, hasBlankBefore } from './statements.js'
import { endOfNode, startOfNode } from './syntax-tree.js'

/** Imports a plugin and registers it where it belongs. */
export function registerPlugin(text: string, registration: Registration): Edit {
  const source = parseSource(registration.path, text)
  if ('unreadable' in source) return cannot(source.unreadable, registration)
  if (isRegistered(source.program, registration)) return { kind: 'already done' }
  const { path, argument, byHand } = registration
  if (byHand !== undefined) return cannot(byHand, registration, source)
  const notCode = neededImports(registration).find(({ name }) => !IDENTIFIER.test(name))
  if (notCode) return cannot(`\`${notCode.name}\` is not a name.`, registration, source)
  if (argument !== undefined && !isExpression(path, argument)) {
    return cannot(`\`${argument}\` is not an expression.`, registration, source)
  }
  const reads = argument === undefined ? [] : propertiesRead(registration)
  const place = findPlace(source, { ...registration, reads })
  if ('reason' in place) return cannot(place.reason, registration, source)

  return spliceIn(source, place, registration, reads.length > 0)
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

function spliceIn(
  source: Source,
  place: Place,
  registration: Registration,
  readsInstance: boolean,
): Edit {
  const style = styleOf(source)
  const imports = resolveImports(source.program, neededImports(registration))
  const lines = registerLines(registration, imports, style, {
    prefix: place.prefix,
    lazy: readsInstance && !place.loaded,
  })
  const insertions = [
    ...importInsertions(source, place, imports, style),
    registerInsertion(source, place, lines),
  ]
  const text = insert(source.text, insertions)
  const result = parseSource(source.path, text)
  if ('unreadable' in result || !isRegistered(result.program, registration)) {
    return cannot(
      `There is no safe place for another line in ${source.path}.`,
      registration,
      source,
    )
  }

  return { kind: 'done', text, inserted: insertions.map((insertion) => insertion.text) }
}

function neededImports(registration: Registration) {
  const { importName, importFrom, importWritten, importDefault, imports = [] } = registration
  const plugin: NeededImport = {
    name: importName,
    from: importFrom,
    written: importWritten ?? importFrom,
    default: importDefault ?? false,
  }

  return [plugin, ...imports]
}

function registerInsertion(source: Source, place: Place, lines: string[]): Insertion {
  const { anchor, list, followsRegistration } = place
  const directive = list.block.directives.at(-1)
  const [first] = list.statements
  const above = anchor ?? directive
  if (above) {
    const apart = !followsRegistration || lines.length > 1 || standsApart(source, place)

    return addBelow(source, above, { lines, blankBefore: apart, blankAfter: apart })
  }

  return first
    ? addAbove(source, first, { lines, blankAfter: true })
    : addInside(source, list.block, { lines })
}

/** Whether the owner puts empty lines between registrations. */
function standsApart(source: Source, { anchor, list }: Place): boolean {
  const index = anchor ? list.statements.indexOf(anchor) : -1
  const isFirst = list.statements[index - 1] === undefined

  return anchor !== null && !isFirst && hasBlankBefore(source, anchor) && spansLines(source, anchor)
}

function spansLines({ text }: Source, node: NonNullable<Place['anchor']>): boolean {
  return text.slice(startOfNode(node), endOfNode(node)).includes('\n')
}

function importInsertions(
  source: Source,
  { anchor, list, creation }: Place,
  imports: readonly ResolvedImport[],
  style: SourceStyle,
): Insertion[] {
  const { path, program } = source
  const format = moduleFormat(path, program)
  const added = imports
    .filter(({ isNew }) => isNew)
    .map((each) => ({
      module: each.written ?? each.from,
      line: importLine(each, format, style),
    }))
  const lines = added.map(({ line }) => line)
  if (lines.length === 0) return []
  // A `require` behind the line that needs it would come too late; an import never does.
  const limit = startOfNode(anchor ?? list.statements[0] ?? list.block)
  const isEarly = (end: number) => format === 'import' || end <= limit
  const last =
    lastImport(program, format, (found) => isEarly(endOfNode(found)) && found !== creation) ??
    lastImport(program, format, (found) => found === creation)
  if (last) return addInOrder(source, last, added) ?? [addBelow(source, last, { lines })]
  const [first] = program.body

  return first ? [addAbove(source, first, { lines, blankAfter: true })] : []
}

function cannot(reason: string, registration: Registration, source?: Source): Edit {
  const style = source ? styleOf(source) : PLAIN_STYLE
  const format = source ? moduleFormat(source.path, source.program) : 'import'
  const imports = neededImports(registration).map((needed) => ({
    ...needed,
    local: needed.name,
    isNew: true,
  }))
  const lines = [
    ...imports.map((line) => importLine(line, format, style)),
    '',
    ...registerLines(registration, imports, style, { prefix: '', lazy: false }),
  ]

  return { kind: 'cannot', reason, paste: `${lines.join('\n')}\n` }
}

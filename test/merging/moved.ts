/** The new version of a case, with a declaration of it in a file of its own. */
import assert from 'node:assert/strict'
import { readDocument } from '../../src/core/merging/document.js'
import { declarationsIn } from '../../src/core/merging/moved/declarations.js'
import { exportsOf } from '../../src/core/merging/moved/scope.js'
import { plain } from '../../src/core/text.js'
import type { Case } from './cases.js'
import { upgradedIn } from './in-app.js'

const TO = 'src/moved.ts'

/** Moves what stands at this place among the declarations of both; `null` where nothing does. */
export function moved({ path, base, theirs }: Case, at: number) {
  const [old, now] = [base, theirs].map((text) => readDocument(path, plain(text)))
  if (!path.endsWith('.ts') || !old || !now) return null
  const there = declarationsIn(now)
  const names = [...declarationsIn(old).keys()].filter((name) => there.has(name))
  const name = names[at % names.length]
  const found = name === undefined ? undefined : there.get(name)
  if (!found || name === undefined) return null
  const imports = (now.source?.program.body ?? [])
    .filter(({ type }) => type === 'ImportDeclaration')
    .map(({ start, end }) => now.text.slice(start ?? 0, end ?? 0))
  const declared = now.text.slice(found.start, found.body)
  const body = now.text.slice(found.body, found.end).replace(/^(?!export)/, 'export ')
  const rest = now.text.slice(0, found.gap) + now.text.slice(found.end)
  const verb = found.isExported ? 'export' : 'import'

  return {
    name,
    stays: `${verb} { ${name} } from './moved.js'\n${rest}`,
    to: `${imports.join('\n')}\n\n${declared}${body}\n`,
  }
}

/** Both files together have every word of both sides, and each declares what the other imports. */
export function keepsMoved(given: Case): void {
  const after = moved(given, given.base.length)
  // Who imports a name twice has no file of its kind to begin with.
  if (after === null || readDocument(given.path, plain(given.ours)) === null) return
  const from = 'src/file.ts'
  const upgrade = upgradedIn(
    from,
    plain(given.ours),
    new Map([[from, given.base]]),
    new Map([
      [from, after.stays],
      [TO, after.to],
    ]),
  )
  // What a name became on one side is for the law of lost words.
  if (upgrade.rung === 'conflict' || upgrade.rung === 'renames') return
  const untouched = { base: '', ours: '', theirs: after.to, result: after.to }
  const files = new Map([[TO, untouched], ...upgrade.files])
  const all = (side: 'base' | 'ours' | 'theirs' | 'result') =>
    [...files.values()].map((file) => file[side]).join('\n')
  const [base, ours, theirs, result] = (['base', 'ours', 'theirs', 'result'] as const).map((side) =>
    countWords(all(side)),
  )
  // What moved has its old name where it is now, and the new one where it was.
  const isRenamed = [...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])].some((word) =>
    /Of(?:Mine|Theirs)$|^re[qs]$/.test(word),
  )
  for (const word of new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])) {
    const before = base?.get(word) ?? 0
    const [mine, incoming] = [(ours?.get(word) ?? 0) - before, (theirs?.get(word) ?? 0) - before]
    const least = before + Math.min(mine, 0) + Math.min(incoming, 0) + Math.max(mine, incoming, 0)
    const all = isRenamed ? Math.min(least, 1) : least
    assert.ok((result?.get(word) ?? 0) >= all, `${word} is lost`)
  }
  for (const [path, file] of files) assert.ok(readDocument(path, file.result), path)
  const there = readDocument(TO, files.get(TO)?.result ?? '')
  assert.ok(there && exportsOf(there)?.has(after.name), `${after.name} is not there`)
  const here = readDocument(from, files.get(from)?.result ?? '')
  assert.ok(here && !declarationsIn(here).has(after.name), `${after.name} is in both`)
}

export function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of plain(text).matchAll(/[\p{L}\p{N}_]+/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1)

  return counts
}

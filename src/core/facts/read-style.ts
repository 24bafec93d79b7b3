import { indentationUnit } from '../edits/whitespace.js'
import type { Facts } from './facts.js'
import type { Sources } from './sources.js'

/** How most of the app's own files are written; ours where nothing shows it. */
export function readStyle(sources: Sources): Facts['style'] {
  const texts = [...sources.paths, ...sources.tests]
    .map((path) => sources.textOf(path))
    .filter((text) => text !== '')
  const imports = texts.flatMap((text) => [...text.matchAll(IMPORT_LINE)])

  return {
    quote: mostly(imports, ([, quote]) => quote === '"') ? '"' : "'",
    semicolon: mostly(imports, ([, , end]) => end === ';') ? ';' : '',
    indent: usualIndent(texts),
    lineEnd: mostly(texts, (text) => text.includes('\r\n')) ? '\r\n' : '\n',
  }
}

// The end of an import or a require is there in every file, and says two things at once.
const IMPORT_LINE =
  /^(?:(?:import|export)\b[^'"`\n]*|\}\s*from\s*|(?:const|let|var)\b[^'"`\n]*\brequire\()(['"])[^'"\n]*\1\)?[ \t]*(;?)/gm

function mostly<T>(all: readonly T[], is: (one: T) => boolean): boolean {
  return all.filter(is).length * 2 > all.length
}

function usualIndent(texts: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts.filter((each) => /^(?:\t| {2,})\S/m.test(each))) {
    const unit = indentationUnit(text)
    counts.set(unit, (counts.get(unit) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one)
  const unit = most?.[0] ?? '  '

  return ['  ', '    ', '\t'].includes(unit) ? unit : '  '
}

/** Random merges: a generated file, or a piece of one, and what two people made of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readDocument } from '../../src/core/merging/document.js'
import type { Versions } from '../../src/core/merging/versions.js'
import { edited, type Random, seeded } from './owners-edits.js'
import { EDITS } from './realistic-edits.js'

export type Case = Versions & { path: string }

// The long form of the laws runs compiled, in another folder.
const FOLDER = resolve('examples/default')

// What the edits write must be no word of the file itself.
const WORDS_OF_EDITS = /\bmine|Mine\b|audit|Mein|metrics|theirs|news/

const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /^(?:src|test)\/.*\.(?:ts|ejs|css)$/.test(path) && !path.includes('generated'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(FOLDER, path), 'utf8') }))
  .filter(({ text }) => !WORDS_OF_EDITS.test(text))

// One case in this many is of a whole file; in small ones edits meet, and they take less time.
const WHOLE_FILES = 50

const REALISTIC = [...EDITS.values()]

/** The same case for the same number. Most are pieces: edits meet there, and a merge is short. */
export function caseOf(seed: number): Case {
  const random = seeded(Math.imul(seed, 2654435761) >>> 0)
  const { path, text } = oneOf(FILES, random)
  const base = random(WHOLE_FILES) === 0 ? text : pieceOf(path, text, random)
  const ours = changed(path, base, random)

  return { path, base, ours, theirs: renamed(changed(path, base, random)) }
}

/** One to three neighbouring blocks of a file, and at times its imports above them. */
function pieceOf(path: string, text: string, random: Random): string {
  const blocks = text.split(/\n\n(?=\S)/)
  const start = random(blocks.length)
  const head = start > 0 && random(2) === 0 ? blocks.slice(0, 1) : []
  const piece = `${[...head, ...blocks.slice(start, start + sizeOfPiece(random))].join('\n\n').trimEnd()}\n`

  return readDocument(path, piece) === null ? text : piece
}

function sizeOfPiece(random: Random): number {
  return random(2) === 0 ? 1 : 2 + random(2)
}

function changed(path: string, text: string, random: Random): string {
  const { text: result } = edited(path, text, { random, count: 1 + random(3), near: [] })
  const more = random(3) === 0 ? oneOf(REALISTIC, random)(result, path) : null

  return more ?? result
}

/** The same change, in other words than the owner's. */
function renamed(text: string): string {
  return text.replace(/mine/g, 'theirs').replace(/Mine/g, 'Theirs').replace(/audit/g, 'news')
}

function oneOf<T>(all: readonly T[], random: Random): T {
  return all[random(all.length)] as T
}

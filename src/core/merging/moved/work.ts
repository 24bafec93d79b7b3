import type { Document } from '../document.js'
import type { Labels } from '../markers.js'
import type { Renames } from '../renames.js'
import type { Move } from './moves.js'

/** A generated file: its three versions, and what the rungs made of them, if that is clean. */
export type File = {
  path: string
  base: string | null
  ours: string | null
  theirs: string
  merged: string | null
}

export type Documents = { base: Document; ours: Document; theirs: Document }

export type Work = {
  from: File
  files: readonly File[]
  labels: Labels
  /** The owner's version has the names of the base, where the owner gave others. */
  three: Documents
  /** The owner's names of what moved. */
  names: Renames
  moves: readonly Move[]
  /** Those whose declaration the owner edited. */
  edited: readonly Move[]
}

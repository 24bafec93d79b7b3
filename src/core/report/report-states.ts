import type { FileState } from './file-states.js'
import { type Colour, type Colours, showControlCharacters } from './terminal-text.js'

/** A line for each file that its owner touched, and one for all the others. */
export function renderStates(states: readonly FileState[], colours: Colours): string {
  const touched = states.filter(({ state }) => state !== 'pristine')
  const width = Math.max(0, ...touched.map(({ path }) => path.length).filter((it) => it < LONG))
  const lines = touched
    .toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))
    .map((state) => renderState(state, width, colours))

  return [...lines, ...renderPristine(states, colours)].map((line) => `${line}\n`).join('')
}

const ORDER = ['conflict', 'edited', 'formatted', 'ejected', 'deleted', 'pristine']

const STATE_COLOURS: Record<FileState['state'], Colour> = {
  conflict: 'red',
  edited: 'yellow',
  formatted: 'cyan',
  deleted: 'yellow',
  ejected: 'yellow',
  pristine: 'dim',
}

const STATE_WIDTH = 11
const LONG = 60

function renderState(file: FileState, width: number, colours: Colours): string {
  const { state, path, added, removed, version, behind } = file
  const start = colours[STATE_COLOURS[state]](state.padEnd(STATE_WIDTH))
  const counts = state === 'deleted' ? '' : `+${added} −${removed}`
  const notes = [
    ...(state === 'conflict' ? ['look for <<<<<<<'] : []),
    ...(behind ? [`of ${version}, and changed since`] : []),
  ].join(', ')
  const end = notes === '' ? counts : `${counts.padEnd(10)}  ${colours.dim(notes)}`
  const name = showControlCharacters(path)

  return end.trim() === '' ? `  ${start}${name}` : `  ${start}${name.padEnd(width)}    ${end}`
}

function renderPristine(states: readonly FileState[], colours: Colours): string[] {
  const pristine = states.filter(({ state }) => state === 'pristine')
  if (pristine.length === 0) return []
  const behind = pristine.filter((file) => file.behind).length
  const count = `${pristine.length} ${pristine.length === 1 ? 'file' : 'files'}`
  const note = behind === 0 ? '' : colours.dim(`, ${behind} changed in this version`)

  return [`  ${colours.dim('pristine'.padEnd(STATE_WIDTH))}${count}${note}`]
}

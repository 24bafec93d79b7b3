import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createColours, showControlCharacters } from '../../src/core/report/terminal-text.js'
import { coloursFor, columnsOf, startProgress, wantsColour } from '../../src/shell/terminal.js'

function output(isTTY: boolean, columns?: number) {
  const written: string[] = []
  const write = (text: string) => written.push(text)

  return { isTTY, write, written, ...(columns !== undefined && { columns }) }
}

describe('colours', () => {
  it.each([
    ['a terminal', true, {}, true],
    ['a pipe', false, {}, false],
    ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['a dumb terminal', true, { TERM: 'dumb' }, false],
    ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR against NO_COLOR', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
  ])('%s', (_, isTTY, environment, expected) => {
    expect(wantsColour(output(isTTY), environment)).toBe(expected)
  })

  it('leave text alone when they are off', () => {
    expect(coloursFor(output(false), {}).red('text')).toBe('text')
    expect(createColours(true).red('text')).toBe('\u001b[31mtext\u001b[39m')
  })
})

it('control characters of a file become visible and harmless', () => {
  expect(showControlCharacters('a\u001b[2Jb\u0007\u202ec\td\né')).toBe(
    'a\\u001b[2Jb\\u0007\\u202ec\td\né',
  )
})

it('an output without a width counts as 80 wide', () => {
  expect(columnsOf(output(false))).toBe(80)
  expect(columnsOf(output(true, 120))).toBe(120)
})

describe('progress', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is one line with the seconds so far, taken away at the end', () => {
    const terminal = output(true)
    const progress = startProgress('Installing packages', terminal, {})
    vi.advanceTimersByTime(3050)
    expect(terminal.written.at(-1)?.startsWith('\r\u001b[2K')).toBe(true)
    expect(terminal.written.at(-1)).toMatch(/. Installing packages … 3 s$/)

    progress.stop()
    const count = terminal.written.length
    vi.advanceTimersByTime(1000)
    expect(terminal.written.at(-1)).toBe('\r\u001b[2K')
    expect(terminal.written).toHaveLength(count)
  })

  it('never wraps on a narrow terminal', () => {
    const terminal = output(true, 10)
    startProgress('Installing packages', terminal, {}).stop()
    expect(terminal.written[0]).toHaveLength('\r\u001b[2K'.length + 9)
  })

  it('says its line once where nobody watches', () => {
    const pipe = output(false)
    const progress = startProgress('Installing packages', pipe, {})
    vi.advanceTimersByTime(5000)
    progress.stop()
    expect(pipe.written).toEqual(['Installing packages …\n'])
  })
})

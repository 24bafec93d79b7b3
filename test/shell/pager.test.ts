import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { page, pagerFor } from '../../src/shell/pager.js'

const folder = mkdtempSync(join(tmpdir(), 'create-auth-pager-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function output(isTTY: boolean) {
  const said: string[] = []

  return { isTTY, said, write: (text: string) => said.push(text) }
}

describe('a long answer', () => {
  test('is paged on a terminal alone, and as PAGER says', () => {
    expect(pagerFor(output(false), {})).toBeNull()
    expect(pagerFor(output(true), {})).toBe('less')
    expect(pagerFor(output(true), { PAGER: 'more -s' })).toBe('more -s')
    expect(pagerFor(output(true), { PAGER: '' })).toBeNull()
    expect(pagerFor(output(true), { TERM: 'dumb' })).toBeNull()
  })

  test('goes to the pager whole, and nowhere else', async () => {
    const terminal = output(true)
    const file = join(folder, 'paged')
    await page('a\nb\n', terminal, { PATH: process.env.PATH, PAGER: `cat > '${file}'` })

    expect(readFileSync(file, 'utf8')).toBe('a\nb\n')
    expect(terminal.said).toEqual([])
  })

  test('is written as it is where there is no such pager', async () => {
    const terminal = output(true)
    await page('a\n', terminal, { PATH: process.env.PATH, PAGER: 'no-such-pager-anywhere' })

    expect(terminal.said).toEqual(['a\n'])
  })

  test('may be quit before its end', async () => {
    const terminal = output(true)
    await page('a\n'.repeat(1_000_000), terminal, {
      PATH: process.env.PATH,
      PAGER: 'head -n 1 >&2',
    })

    expect(terminal.said).toEqual([])
  })
})

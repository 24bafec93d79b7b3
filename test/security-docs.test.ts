import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

// docs/security.md says where each attack is stopped. Code moves; what it says stays true.

const docs = fileURLToPath(new URL('../docs', import.meta.url))
const rows = readFileSync(join(docs, 'security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!attack)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

describe.each(rows)('%s%s', (_before, _attack, stoppedBy = '', shownBy = '') => {
  test('is stopped by what is there', () => {
    const places = placesIn(stoppedBy)

    expect(places.length).toBeGreaterThan(0)
    for (const { said, path } of places) {
      for (const name of namesIn(said)) expect(declarationsIn(path), path).toContain(name)
    }
  })

  test('is shown by a test of that name', () => {
    const [place, ...others] = placesIn(shownBy)
    const claim = /^"(.+)" in $/.exec(place?.said ?? '')?.[1]

    expect(others).toEqual([])
    expect(claim).toBeDefined()
    expect(read(place?.path ?? '')).toContain(`test('${claim}'`)
  })
})

test('names more than a handful of attacks', () => {
  expect(rows.length).toBeGreaterThan(40)
})

/** Each link of a cell, with the words between it and the link before. */
function placesIn(cell: string): { said: string; path: string }[] {
  return [...cell.matchAll(/(.*?)\[[^\]]+\]\(([^)]+)\)/g)].map(([, said = '', path = '']) => ({
    said,
    path,
  }))
}

/** `logInUser` in, or `one` and `other` in: what stands right before a link. */
function namesIn(said: string): string[] {
  const [named = ''] = /(?:`\w+` and )?`\w+` in $/.exec(said) ?? []

  expect(named, said).not.toBe('')
  return [...named.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
}

/** The functions, methods, constants and options that a file declares. */
function declarationsIn(path: string): string[] {
  const declarations =
    /(?:function|const|class)\s+(\w+)|^\s+(?:private\s+)?(?:async\s+)?(\w+)(?:\(.*\{$|:)/gm

  return [...read(path).matchAll(declarations)].map(([, name, member]) => name ?? member ?? '')
}

function read(path: string): string {
  return readFileSync(join(docs, path), 'utf8')
}

// Modules that load each other in a ring run half of one before the other is there: a trap for
// whoever edits them, and in an app that says `require` an `undefined` at the wrong moment.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from '@babel/parser'
import type { Statement } from '@babel/types'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

test.each([
  'default',
  'api',
])('no generated module of examples/%s loads itself by way of others', (example) => {
  const source = join(root, 'examples', example, 'src')
  const modules = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.startsWith('generated'),
  )
  const loads = new Map(modules.map((path) => [join(source, path), loadedBy(join(source, path))]))

  expect([...loads.values()].flat().length).toBeGreaterThan(50)
  expect([...loads.keys()].flatMap((path) => ringsFrom(path, loads))).toEqual([])
})

test('a ring is found however long it is', () => {
  const loads = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
  ])

  expect(ringsFrom('a', loads)).toEqual(['a b c a'])
  expect(ringsFrom('d', loads)).toEqual([])
})

/** The ways on which a module leads back to itself. */
function ringsFrom(start: string, loads: ReadonlyMap<string, string[]>): string[] {
  const seen = new Set<string>()

  function follow(path: string, way: readonly string[]): string[] {
    return (loads.get(path) ?? []).flatMap((next) => {
      if (next === start) return [[...way, next].join(' ')]
      if (seen.has(next)) return []
      seen.add(next)

      return follow(next, [...way, next])
    })
  }

  return follow(start, [start])
}

function loadedBy(path: string): string[] {
  const { program } = parse(readFileSync(path, 'utf8'), {
    sourceType: 'module',
    plugins: ['typescript'],
  })

  return program.body
    .flatMap((statement) => moduleIn(statement) ?? [])
    .filter((module) => module.startsWith('.'))
    .map((module) => join(path, '..', module.replace(/\.js$/, '.ts')))
}

/** What a statement loads when it runs: imports of nothing but types are gone by then. */
function moduleIn(statement: Statement): string | null {
  if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') return null
  const isAllTypes =
    statement.specifiers.length > 0 &&
    statement.specifiers.every(
      (each) => each.type === 'ImportSpecifier' && each.importKind === 'type',
    )

  return isAllTypes ? null : statement.source.value
}

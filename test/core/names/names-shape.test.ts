import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSource } from '../../../src/core/edits/source.js'
import { walk } from '../../../src/core/facts/syntax.js'
import { type Names, parseNames } from '../../../src/core/names/names.js'
import { Problem } from '../../../src/core/problem.js'
import { assertNamesFit } from '../../../src/core/render/name-clash.js'
import { rename } from '../../../src/core/render/rename.js'

// What the command writes for the default names; no name may change what kind of code it is.
const ROOT = new URL('../../../examples/default/', import.meta.url)
const CODE = new Map(
  ['src', 'test'].flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
      .map((path): [string, string] => {
        const place = `${folder}/${path}`

        return [place, readFileSync(new URL(place, ROOT), 'utf8')]
      }),
  ),
)

/** The kinds of all nodes, in the order of the text. */
function shapeOf(text: string, path: string): string {
  const source = parseSource(path, text)
  if ('unreadable' in source) return source.unreadable
  const kinds: string[] = []
  walk(source.program, ({ type }) => kinds.push(type))

  return kinds.join(' ')
}

const SHAPES = new Map([...CODE].map(([path, text]) => [path, shapeOf(text, path)]))

/** The names, where the command takes them. */
function accepted(context: string, model: string, plural: string): Names | null {
  try {
    const names = parseNames(context, model, plural)
    assertNamesFit(names, CODE)

    return names
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function expectSameShape(names: Names) {
  for (const [path, text] of CODE) {
    expect(shapeOf(rename(text, names, path), path), path).toBe(SHAPES.get(path))
  }
}

describe('code for any names that are accepted is code of the same shape', () => {
  it.each([
    ['Accounts', 'Pessoa', 'pessoas'],
    ['Konten', 'Benutzer', 'benutzers'],
    ['Accounts', 'Users', 'user_accounts'],
    ['Identity', 'Account', 'accounts'],
    ['Directory', 'Person', 'people'],
    ['BackOffice', 'APIKeyOwner', 'api_key_owners'],
    ['Qx', 'Zy', 'zqs'],
    ['Accounts', 'User2', 'users2'],
  ])('%s %s %s', (context, model, plural) => {
    const names = accepted(context, model, plural)

    expect(names).not.toBeNull()
    if (names) expectSameShape(names)
  })

  it('and so for names that nobody thought of', { timeout: 120_000 }, () => {
    const word = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,12}$/)
    const table = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,6}){0,2}$/)

    fc.assert(
      fc.property(word, word, table, (context, model, plural) => {
        const names = accepted(context, model, plural)
        if (names) expectSameShape(names)
      }),
      { numRuns: 10 },
    )
  })
})

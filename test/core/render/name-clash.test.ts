import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFAULT_NAMES, parseNames } from '../../../src/core/names/names.js'
import { Problem } from '../../../src/core/problem.js'
import { assertNamesFit } from '../../../src/core/render/name-clash.js'
import { rename } from '../../../src/core/render/rename.js'

const ROOT = new URL('../../../templates/auth/', import.meta.url)
const templates = new Map(
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|ejs)$/.test(path))
    .map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]),
)

function fitting(
  context: string,
  model: string,
  plural: string,
  texts: ReadonlyMap<string, string>,
) {
  return () => assertNamesFit(parseNames(context, model, plural), texts)
}

describe('names fit the templates', () => {
  it('when they are their own', () => {
    expect(() => assertNamesFit(DEFAULT_NAMES, templates)).not.toThrow()
  })

  it.each([
    ['Identity', 'Member', 'members'],
    ['Identity', 'Account', 'accounts'],
    ['BackOffice', 'Admin', 'admins'],
    ['BackOffice', 'AdminUser', 'admin_users'],
    ['Crm', 'Customer', 'customers'],
    ['Directory', 'Person', 'people'],
    ['School', 'Student', 'students'],
    ['Shop', 'Client', 'clients'],
    ['Auth', 'Player', 'players'],
  ])('when they are %s %s %s', (context, model, plural) => {
    expect(fitting(context, model, plural, templates)).not.toThrow()
  })
})

describe('the templates', () => {
  it('come through their own names byte for byte', () => {
    for (const [path, text] of templates) expect(rename(text, DEFAULT_NAMES, path)).toBe(text)
  })
})

describe('names do not fit', () => {
  const text = (code: string) => new Map([['src/a.ts', code]])

  it.each([
    ['a variable', 'const user = 1, box = 2', 'box'],
    ['a name made from them', 'function openUser() {}\nfunction openBox() {}', 'openBox'],
    ['a parameter that takes the rest', 'function a(user, ...box) {}', 'box'],
  ])('when %s is taken', (_name, code, clash) => {
    expect(fitting('Accounts', 'Box', 'boxes', text(code))).toThrow(Problem)
    expect(fitting('Accounts', 'Box', 'boxes', text(code))).toThrow(`"${clash}"`)
  })

  it('when two files would share a path, in whatever case', () => {
    const files = new Map([
      ['src/user-list.ts', ''],
      ['src/Box-list.ts', ''],
    ])

    expect(fitting('Accounts', 'Box', 'boxes', files)).toThrow('"src/box-list.ts"')
  })

  it('but words in comments, texts and properties are no names', () => {
    const code = "// a box\nconst user = 'a box for users'\nuser.box"

    expect(fitting('Accounts', 'Box', 'boxes', text(code))).not.toThrow()
  })
})

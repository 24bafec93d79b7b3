import { describe, expect, test } from 'vitest'
import { merge } from '../../../src/core/merging/merge.js'
import { labels } from './merged.js'

type Case = [claim: string, base: string, ours: string, theirs: string, result: string]

/** A conflict has no result: `null` stands for the markers. */
function mergeAs(path: string, [, base, ours, theirs]: Case) {
  const merged = merge({ base, ours, theirs }, labels, path)

  return merged.kind === 'clean' ? merged.text : null
}

describe('names that one side changed', () => {
  const base = [
    "import { refuse } from './answer.js'",
    '',
    'export function logIn(request: Request) {',
    '  if (isKnown(request)) return refuse(request)',
    '}',
    '',
    'function isKnown(request: Request) {',
    '  return request.user !== null',
    '}',
    '',
  ].join('\n')
  const withLogOut = `${base}\nexport function logOut(request: Request) {\n  return isKnown(request) ? refuse(request) : null\n}\n`

  test('a call that the new version adds is called as the owner calls it', () => {
    const ours = base.replaceAll('isKnown', 'isLoggedIn')

    expect(merge({ base, ours, theirs: withLogOut }, labels, 'a.ts')).toEqual({
      kind: 'clean',
      text: withLogOut.replaceAll('isKnown', 'isLoggedIn'),
      rung: 'renames',
    })
  })

  test('a call that the owner added is called as the new version calls it', () => {
    const theirs = base.replaceAll('isKnown', 'isLoggedIn')

    expect(merge({ base, ours: withLogOut, theirs }, labels, 'a.ts')).toEqual({
      kind: 'clean',
      text: withLogOut.replaceAll('isKnown', 'isLoggedIn'),
      rung: 'renames',
    })
  })

  test('a key of the same name keeps its name', () => {
    const theirs = `${base}\nexport const all = { isKnown }\n`
    const ours = base.replaceAll('isKnown', 'isLoggedIn')

    expect(merge({ base, ours, theirs }, labels, 'a.ts').text).toContain(
      'all = { isKnown: isLoggedIn }',
    )
  })

  test('a function that both renamed, each in another way, is a question', () => {
    const ours = base.replaceAll('isKnown', 'isLoggedIn')
    const theirs = base.replaceAll('isKnown', 'isAuthenticated')

    expect(merge({ base, ours, theirs }, labels, 'a.ts')).toMatchObject({ kind: 'conflict' })
  })

  test('a name that the owner still uses is no new name for anything', () => {
    const ours = `${base.replace('if (isKnown(', 'if (isLoggedIn(')}\nfunction isLoggedIn(request: Request) {\n  return isKnown(request)\n}\n`

    expect(merge({ base, ours, theirs: withLogOut }, labels, 'a.ts').text).toContain(
      'return isKnown(request) ? refuse(request) : null',
    )
  })
})

describe('imports', () => {
  test('a comment of the owner at the top stays when the import below it goes', () => {
    const base = "import { a } from './a.js'\nimport { b } from './b.js'\n\nb(a)\n"
    const ours = `// Copyright of mine\n${base}`
    const theirs = "import { c } from './c.js'\nimport { b } from './b.js'\n\nb(c)\n"

    expect(mergeAs('a.ts', ['', base, ours, theirs, ''])).toBe(`// Copyright of mine\n${theirs}`)
  })
})

describe('lists in code', () => {
  test.each<Case>([
    [
      'an entry beside one that the owner changed is added',
      "const codes = [\n  'P1001',\n  'ECONNREFUSED',\n]\n",
      "const codes = [\n  'P1001',\n  'MINE',\n]\n",
      "const codes = [\n  'P1001',\n  'P2037',\n  'ECONNREFUSED',\n]\n",
      "const codes = [\n  'P1001',\n  'P2037',\n  'MINE',\n]\n",
    ],
  ])('%s', (...given) => {
    expect(mergeAs('a.ts', given)).toBe(given[4])
  })

  test('entries that both added at one place are a question: their order may count', () => {
    const base = "const steps = ['first']\n"
    const ours = "const steps = ['first', 'mine']\n"
    const theirs = "const steps = ['first', 'theirs']\n"

    expect(mergeAs('a.ts', ['', base, ours, theirs, ''])).toBeNull()
  })
})

describe('style sheets', () => {
  const base = '.card {\n  font-size: 1rem;\n  color: red;\n}\n'

  test.each<Case>([
    [
      'a declaration is added beside one that the owner changed',
      base,
      base.replace('1rem', 'inherit'),
      base.replace('1rem;', '1rem;\n  letter-spacing: 0.01em;'),
      '.card {\n  font-size: inherit;\n  letter-spacing: 0.01em;\n  color: red;\n}\n',
    ],
    [
      'a last declaration without a semicolon gets one when another follows',
      base.replace('red;', 'red'),
      base.replace('red;', 'red;\n  margin: 0;'),
      base.replace('red;', 'blue'),
      '.card {\n  font-size: 1rem;\n  color: blue;\n  margin: 0;\n}\n',
    ],
    [
      'rules that both added stand behind each other',
      base,
      `${base}\n.mine {\n  margin: 0;\n}\n`,
      `${base}\n.theirs {\n  margin: 1px;\n}\n`,
      `${base}\n.mine {\n  margin: 0;\n}\n\n.theirs {\n  margin: 1px;\n}\n`,
    ],
    [
      'inside of a media query as well',
      `@media print {\n  a {\n    color: red;\n  }\n}\n`,
      `@media print {\n  a {\n    color: blue;\n  }\n}\n`,
      `@media print {\n  a {\n    top: 0;\n    color: red;\n  }\n}\n`,
      `@media print {\n  a {\n    top: 0;\n    color: blue;\n  }\n}\n`,
    ],
  ])('%s', (...given) => {
    expect(mergeAs('style.css', given)).toBe(given[4])
  })

  test('one declaration with two new values is a question', () => {
    expect(
      mergeAs('style.css', ['', base, base.replace('red', 'blue'), base.replace('red', 'tan'), '']),
    ).toBeNull()
  })
})

describe('pages', () => {
  const input = '<input type="email" name="email" value="<%= form.email ?? "" %>" required>\n'

  test.each<Case>([
    [
      'attributes that both added',
      input,
      input.replace('required', 'required class="mine"'),
      input.replace('required', 'required autocomplete="off"'),
      input.replace('required', 'required class="mine" autocomplete="off"'),
    ],
    [
      'an attribute that the owner removed stays away',
      input,
      input.replace(' required', ''),
      input.replace('required', 'required autofocus'),
      input.replace('required', 'autofocus'),
    ],
    [
      'classes that both added, in the order of the owner',
      '<p class="note quiet">\n',
      '<p class="mine quiet note">\n',
      '<p class="note wide">\n',
      '<p class="mine note wide">\n',
    ],
    [
      'classes in another order are no change',
      '<p class="note quiet">a</p>\n',
      '<p class="quiet note">a</p>\n',
      '<p class="note quiet">b</p>\n',
      '<p class="quiet note">b</p>\n',
    ],
    [
      'a text and a class of the same element',
      '<h1>Log in</h1>\n',
      '<h1 class="mine">Log in</h1>\n',
      '<h1><%= title %></h1>\n',
      '<h1 class="mine"><%= title %></h1>\n',
    ],
    [
      'elements that both added at one place, the owner’s first',
      '<form>\n  <button>Go</button>\n</form>\n',
      '<form>\n  <button>Go</button>\n  <p>Mine</p>\n</form>\n',
      '<form>\n  <button>Go</button>\n  <a href="/">Back</a>\n</form>\n',
      '<form>\n  <button>Go</button>\n  <p>Mine</p>\n  <a href="/">Back</a>\n</form>\n',
    ],
    [
      'a translated button, and one that the new version puts below it',
      '<form>\n  <button>Go</button>\n</form>\n',
      '<form>\n  <button>Los</button>\n</form>\n',
      '<form>\n  <button>Go</button>\n  <button name="mail">Mail</button>\n</form>\n',
      '<form>\n  <button>Los</button>\n  <button name="mail">Mail</button>\n</form>\n',
    ],
    [
      'both halves of a condition',
      '<% if (a) { %>\n  <p>Yes</p>\n<% } else { %>\n  <p>No</p>\n<% } %>\n',
      '<% if (a) { %>\n  <p>Ja</p>\n<% } else { %>\n  <p>No</p>\n<% } %>\n',
      '<% if (a) { %>\n  <p>Yes</p>\n  <p>Sure</p>\n<% } else { %>\n  <p>Never</p>\n<% } %>\n',
      '<% if (a) { %>\n  <p>Ja</p>\n  <p>Sure</p>\n<% } else { %>\n  <p>Never</p>\n<% } %>\n',
    ],
  ])('%s', (...given) => {
    expect(mergeAs('a.ejs', given)).toBe(given[4])
  })

  test.each<Case>([
    [
      'a value that both changed',
      input,
      input.replace('type="email"', 'type="text"'),
      input.replace('type="email"', 'type="search"'),
      '',
    ],
    [
      'a class that both replaced, each by another',
      '<p class="note quiet">\n',
      '<p class="note loud">\n',
      '<p class="note wide">\n',
      '',
    ],
    ['a text that both changed', '<h1>Log in</h1>\n', '<h1>Los</h1>\n', '<h1>Go</h1>\n', ''],
    [
      'an element that the owner changed and the new version took out',
      '<p>One</p>\n<p>Two</p>\n',
      '<p>One</p>\n<p>Zwei</p>\n',
      '<p>One</p>\n',
      '',
    ],
  ])('%s is a question', (...given) => {
    expect(mergeAs('a.ejs', given)).toBeNull()
  })
})

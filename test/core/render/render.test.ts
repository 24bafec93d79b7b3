import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderTemplate } from '../../../src/core/render/render.js'

const on = { html: true }
const off = { html: false }

describe('control lines', () => {
  test('a block stays when its feature is on and leaves no trace when it is off', () => {
    const template = 'first\n//% if (features.html) {\n  page\n//% }\nlast\n'

    expect(renderTemplate(template, on)).toBe('first\n  page\nlast\n')
    expect(renderTemplate(template, off)).toBe('first\nlast\n')
  })

  test.each([
    ['TypeScript', '  //% if (features.html) {', '  //% }'],
    ['shell', '#% if (features.html) {', '#% }'],
    ['CSS', '/*% if (features.html) { */', '/*% } */'],
    ['markup', '<!--% if (features.html) { -->', '<!--% } -->'],
  ])('are written as comments of %s', (_language, open, close) => {
    const template = `a\n${open}\nb\n${close}\nc`

    expect(renderTemplate(template, on)).toBe('a\nb\nc')
    expect(renderTemplate(template, off)).toBe('a\nc')
  })

  test('keep the line ends of the lines around them', () => {
    const template = 'a\r\n//% if (features.html) {\r\nb\r\n//% }\r\nc\r\n'

    expect(renderTemplate(template, on)).toBe('a\r\nb\r\nc\r\n')
  })

  test('may be the last line, with or without an end', () => {
    expect(renderTemplate('//% if (features.html) {\nb\n//% }', on)).toBe('b\n')
    expect(renderTemplate('//% if (features.html) {\nb\n//% }\n', off)).toBe('')
  })

  test('a comment that only mentions the sign in the middle of a line is text', () => {
    const template = 'const rate = 5 //% of all\n//% if (features.html) {\n//% }\n'

    expect(renderTemplate(template, on)).toBe('const rate = 5 //% of all\n')
  })

  test('a misspelt feature is an error, not a silent no', () => {
    expect(() => renderTemplate('//% if (features.htlm) {\n//% }\n', on)).toThrow('features.htlm')
  })
})

test('the tags of an EJS view come through untouched', () => {
  const view = [
    '<% if (user) { %>',
    '<!--% if (features.html) { -->',
    '  <p><%= user.email -%></p> <%# note %> <%% %%>',
    '<!--% } -->',
    '<% } %>',
  ].join('\n')

  expect(renderTemplate(view, on)).toBe(
    '<% if (user) { %>\n  <p><%= user.email -%></p> <%# note %> <%% %%>\n<% } %>',
  )
})

test('every other text comes through byte for byte', () => {
  const pieces = fc.constantFrom(
    ...[
      '$1',
      '$&',
      '\\n',
      '\\',
      '`$',
      '{x}`',
      '"',
      "'",
      ' <%',
      '%>',
      '[?',
      '\r\n',
      '\n',
      '\t',
      ' ',
    ],
    ...['\u2028', '\u2029', 'é', '😀', '__append("")', '// ', '*/', '-->', '\uFEFF'],
  )
  fc.assert(
    fc.property(
      fc.array(pieces).map((all) => all.join('')),
      (text) => {
        const template = `${text}\n//% if (features.html) {\n${text}\n//% }\n`

        expect(renderTemplate(template, on)).toBe(`${text}\n${text}\n`)
      },
    ),
    { numRuns: 300 },
  )
})

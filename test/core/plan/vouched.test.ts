import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { DEFAULT_NAMES } from '../../../src/core/names/names.js'
import { isVouchedFor } from '../../../src/core/plan/vouched.js'

const TEMPLATE = 'src/plugins/answer.ts'
const text = readFileSync(new URL(`../../../templates/auth/${TEMPLATE}`, import.meta.url), 'utf8')
const known = { templates: [new Map([[TEMPLATE, text]])], names: DEFAULT_NAMES }

const WITHOUT_PAGES = `/** Says no: \`{ message, errors? }\`. */
export function refuse(request, reply, statusCode, message, errors) {
  request.log.debug({ statusCode }, 'refused');
  reply.code(statusCode);

  return reply.send(errors ? { message, errors } : { message });
}
`

test('a few lines of a long template are of it', () => {
  expect(isVouchedFor(WITHOUT_PAGES, TEMPLATE, known)).toBe(true)
})

test.each([
  ['', 'an empty file'],
  ['export {}\n', 'a file of few words, which any template has'],
  [WITHOUT_PAGES.replaceAll(/\b(refuse|message|statusCode)\b/g, 'other'), 'another function'],
])('%j is not: %s', (stranger) => {
  expect(isVouchedFor(stranger, TEMPLATE, known)).toBe(false)
})

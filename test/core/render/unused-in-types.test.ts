import { expect, test } from 'vitest'
import { readFacts } from '../../../src/core/facts/read-facts.js'
import { allowUnusedInTypes } from '../../../src/core/render/unused-in-types.js'
import { factory } from '../facts/apps.js'
import { app, operationOn, planFor, templates } from '../planning.js'

const TYPE = 'export type Send = (mail: string) => void\n'

test.each([
  TYPE,
  'export type Store = { take(key: string): void }\n',
  'export class Limits {\n  constructor(readonly store: string) {}\n}\n',
])('what names parameters in a type says so: %s', (text) => {
  const allowed = allowUnusedInTypes(text, 'a.ts')

  expect(allowed).toMatch(/^\/\* eslint-disable no-unused-vars -- .+ \*\/\n\n/)
  expect(allowed.endsWith(text)).toBe(true)
})

test('all else stays as it is', () => {
  const text = 'export const send = (mail: () => string) => mail()\n'

  expect(allowUnusedInTypes(text, 'a.ts')).toBe(text)
})

const rules = (value: string) => ({ '.eslintrc.json': `{ "rules": { ${value} } }` })

test.each([
  [true, rules('"no-unused-vars": ["error", { "argsIgnorePattern": "^_" }]')],
  [true, rules('"no-unused-vars": 1')],
  [true, { 'eslint.config.mjs': "export default [{ rules: { 'no-unused-vars': 'warn' } }]" }],
  [false, rules('"no-unused-vars": "off", "@typescript-eslint/no-unused-vars": "error"')],
  [false, rules('"@typescript-eslint/no-unused-vars": 2')],
  [false, {}],
])('the rule is on: %s, in %j', (isOn, files) => {
  expect(readFacts(factory(files)).hasUnusedVars).toBe(isOn)
})

test('a file of ours says so where the rule is on', () => {
  const planned = planFor(app(rules('"no-unused-vars": "error"')), {
    templates: templates({ 'src/plugins/pages.ts': TYPE }),
  })

  expect(operationOn(planned, 'src/plugins/pages.ts')?.after).toContain('eslint-disable')
  expect(operationOn(planned, 'src/accounts.ts')?.after).not.toContain('eslint-disable')
})

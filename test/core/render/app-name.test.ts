import { expect, test } from 'vitest'

import { app, operationOn, planFor, templates } from '../planning.js'

const TEMPLATE_PATH = 'src/accounts/common-passwords.ts'
const TEMPLATE = "const OWN_WORDS: string[] = ['my-app']\n"

test.each([
  ['notes', "['notes']"],
  ['@acme/user-notes', "['@acme/user-notes']"],
  ["it's", "['it\\'s']"],
  ['', '[]'],
])('an app called %j refuses that as a password', (name, words) => {
  const manifest = {
    name,
    type: 'module',
    dependencies: { '@prisma/client': '^7.0.0', fastify: '^5.0.0' },
  }
  const plan = planFor(app({ 'package.json': JSON.stringify(manifest) }), {
    templates: templates({ [TEMPLATE_PATH]: TEMPLATE }),
    names: { context: 'Staff', model: 'Admin', plural: 'admins' },
  })

  expect(operationOn(plan, 'src/staff/common-passwords.ts')?.after).toBe(
    `const OWN_WORDS: string[] = ${words}\n`,
  )
})

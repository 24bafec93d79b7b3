import { describe, expect, it } from 'vitest'
import { readManifest } from '../../../src/core/facts/manifest.js'
import { readHashing } from '../../../src/core/facts/read-hashing.js'
import { openSources } from '../../../src/core/facts/sources.js'
import { project } from '../../../src/core/project.js'
import { adaptOldPasswords, OLD_PASSWORDS } from '../../../src/core/user-model/old-passwords.js'

function hashingIn(code: string, dependencies: object = {}) {
  const app = project({
    'package.json': JSON.stringify({ dependencies }),
    'src/passwords.ts': code,
  })

  return readHashing(openSources(app), readManifest(app))
}

describe('how an app hashed passwords', () => {
  it.each([
    ["import bcrypt from 'bcryptjs'\nbcrypt.hash(password, 12)", 'bcryptjs', 'default', 12],
    ["import * as bcrypt from 'bcrypt'\nbcrypt.genSaltSync(8)", 'bcrypt', 'namespace', 8],
    ["import { hash } from '@node-rs/bcrypt'", '@node-rs/bcrypt', 'named', 10],
    ["import { hash } from 'bcrypt'\nconst SALT_ROUNDS = 11", 'bcrypt', 'named', 11],
    ["import bcrypt from 'bcrypt'\nbcrypt.hash(password, 31)", 'bcrypt', 'default', 10],
  ])('is read from its own code: %s', (code, from, style, cost) => {
    expect(hashingIn(code)).toEqual({ package: from, import: style, cost })
  })

  it('is the package that it uses, of several that it lists', () => {
    const both = { bcrypt: '6', bcryptjs: '3' }

    expect(hashingIn("import bcrypt from 'bcryptjs'", both)).toMatchObject({ package: 'bcryptjs' })
    expect(hashingIn('', both)).toMatchObject({ package: 'bcrypt', import: 'default' })
  })

  it('may be argon2, which is ours too, or nothing that is known', () => {
    expect(hashingIn('', { '@node-rs/argon2': '2' })).toBe('argon2')
    expect(hashingIn("import { scryptSync } from 'node:crypto'")).toBeNull()
  })
})

describe('old hashes', () => {
  const template = "import bcrypt from 'bcryptjs'\n\nconst OLD_COST = '10'\nbcrypt.compare(a, b)\n"

  it('are verified by the package of the app, imported as the app does', () => {
    const hashing = { package: 'bcrypt', import: 'named', cost: 8 } as const

    expect(adaptOldPasswords(template, OLD_PASSWORDS.code, { hashing })).toBe(
      "import { compare } from 'bcrypt'\n\nconst OLD_COST = '08'\ncompare(a, b)\n",
    )
  })

  it('are no business of any other file', () => {
    const hashing = { package: 'bcrypt', import: 'default', cost: 8 } as const

    expect(adaptOldPasswords(template, 'src/accounts.ts', { hashing })).toBe(template)
  })
})

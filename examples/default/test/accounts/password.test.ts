import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'

import argon2 from 'argon2'
import { describe, test } from 'vitest'

import {
  hashPassword,
  needsRehash,
  PASSWORD_COST,
  verifyPassword,
} from '../../src/accounts/password.js'
import { checkNewPassword, hasErrors } from '../../src/accounts/user-fields.js'
import { uniqueEmail, validPassword } from '../support/accounts-fixtures.js'

describe('a new password', () => {
  // Each is one code point, two UTF-16 units and four bytes.
  const emoji = [...'🐢🎷🪁🧭🥁🦔🪴🧩🛶🎏🧵🪀🫖🦩🧲']

  test('has at least 15 characters, whatever they are made of', () => {
    assert.ok(!isAccepted('kettle umbrell'))
    assert.ok(isAccepted('kettle umbrella'))
    assert.ok(!isAccepted(emoji.slice(1).join('')))
    assert.ok(isAccepted(emoji.join('')))
  })

  test('may have 128 characters, and not more', () => {
    const phrase = 'kettle umbrella '.repeat(8)

    assert.ok(isAccepted(phrase))
    assert.ok(!isAccepted(`${phrase}!`))
    assert.ok(isAccepted('🐢🎷'.repeat(64)))
    assert.ok(!isAccepted('🐢🎷!'.repeat(64)))
  })

  test('may be of one kind of character, or hold spaces', () => {
    assert.ok(isAccepted('kettleumbrellaviolin'))
    assert.ok(isAccepted('   kettle   umbrella   '))
    assert.ok(isAccepted('Größenwahnsinnig ßäöü'))
  })

  test('is counted as it is hashed, however its accents were typed', () => {
    const long = 'é ü ö ñ ç ã ï â '.repeat(8)

    assert.ok(!isAccepted('é ü ö ñ ç ã ï â'.slice(0, 14).normalize('NFD')))
    assert.ok(isAccepted(long.normalize('NFD')))
    assert.ok(!isAccepted(`${long.normalize('NFD')}!`))
  })

  test('is not the email of its account, nor made of it', () => {
    const email = 'violin.kettle@umbrella.example'

    const guesses = [email, email.toUpperCase(), 'violinkettleviolinkettle', 'violin-kettle1234']

    for (const password of guesses) {
      assert.ok(hasErrors(checkNewPassword(password, [email])), password)
    }
  })

  test('is not looked at closely when it is absurdly long', () => {
    const before = process.cpuUsage()
    checkNewPassword('\u0300\u0316'.repeat(500_000), [])

    assert.ok(process.cpuUsage(before).user < 50_000)
  })
})

describe('hashPassword', () => {
  test('makes an argon2id hash of at least the work that OWASP asks for', async () => {
    const hash = await hashPassword(validPassword)
    const [, kind, version, cost = '', salt = '', tag = ''] = hash.split('$')
    const [memory = 0, passes = 0] = cost.split(',').map((part) => Number(part.slice(2)))

    assert.equal(kind, 'argon2id')
    assert.equal(version, 'v=19')
    assert.ok(memory >= 19_456 && passes >= 2, cost)
    assert.ok(Buffer.from(salt, 'base64').length >= 16)
    assert.equal(Buffer.from(tag, 'base64').length, 32)
  })

  test('salts: one password has another hash each time', async () => {
    assert.notEqual(await hashPassword(validPassword), await hashPassword(validPassword))
  })
})

describe('verifyPassword', () => {
  test('tells passwords apart by case, by a space at the end, and by what comes after byte 72', async () => {
    const long = 'x1'.repeat(40)

    assert.ok(await isSamePassword(long, long))
    assert.ok(!(await isSamePassword(long, `${long.slice(0, -1)}y`)))
    assert.ok(!(await isSamePassword(validPassword, validPassword.toUpperCase())))
    assert.ok(!(await isSamePassword(validPassword, `${validPassword} `)))
  })

  test('reads on after a NUL byte', async () => {
    assert.ok(!(await isSamePassword('kettle umbrella\0violin', 'kettle umbrella\0guitar')))
    assert.ok(!(await isSamePassword('kettle umbrella\0violin', 'kettle umbrella')))
  })

  test('takes both ways to type an ü for the same', async () => {
    const phrase = 'fünf Flüsse fließen'

    assert.ok(await isSamePassword(phrase.normalize('NFD'), phrase.normalize('NFC')))
  })

  test('says no, and does not fail, when there is no hash', async () => {
    for (const hash of [null, '', 'garbage', '$2b$10$abcdefghijklmnopqrstuv']) {
      assert.equal(await verifyPassword(validPassword, hash), false)
    }
  })

  test('does not pay for a hash that asks for gigabytes', async () => {
    const hash = await hashPassword(validPassword)

    assert.equal(await verifyPassword(validPassword, hash.replace('m=19456', 'm=4194304')), false)
  })

  // Each with the right password: only what it would cost to find out keeps it from matching.
  for (const tooMuch of [{ timeCost: 17 }, { parallelism: 17 }, { memoryCost: 262_152 }]) {
    test(`refuses a hash of more work than it ever asks for: ${Object.keys(tooMuch)}`, async () => {
      assert.equal(await verifyPassword(validPassword, await hashOf(tooMuch)), false)
    })
  }

  test('takes a hash of sixteen passes or lanes', async () => {
    assert.ok(await verifyPassword(validPassword, await hashOf({ timeCost: 16 })))
    assert.ok(await verifyPassword(validPassword, await hashOf({ parallelism: 16 })))
  })

  test('says no, and does not fail, when there is more than a hash', async () => {
    const hash = await hashPassword(validPassword)

    assert.equal(await verifyPassword(validPassword, `x${hash}`), false)
    assert.equal(await verifyPassword(validPassword, `${hash}$x`), false)
  })

  test('is not slowed down by letters with a thousand accents', async () => {
    const before = process.cpuUsage()
    await verifyPassword('\u0300\u0316'.repeat(500_000), null)

    assert.ok(process.cpuUsage(before).user < 500_000)
  })
})

describe('needsRehash', () => {
  test('leaves a hash of today alone', async () => {
    assert.equal(needsRehash(await hashPassword(validPassword)), false)
  })

  test('replaces one of less work, and one of another kind', async () => {
    assert.equal(needsRehash(await hashOf({})), true)
    assert.equal(needsRehash(await hashOf({ ...PASSWORD_COST, type: argon2.argon2i })), true)
  })
})

// Hundreds of hashes take seconds, and minutes on a small machine with an old way of hashing.
describe('a burst of log-ins', { timeout: 600_000 }, () => {
  test('leaves threads for everything else that the app does', async () => {
    let done = 0
    const verifications = Array.from({ length: 40 }, async () => {
      await verifyPassword(validPassword, null)
      done += 1
    })
    await stat('.')
    const doneBefore = done
    await Promise.all(verifications)

    assert.ok(doneBefore < 10, `a look at the disk waited for ${doneBefore} log-ins`)
  })

  test('is refused beyond what can be computed in time', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 210 }, () => verifyPassword(validPassword, null)),
    )
    const refused = results.filter(({ status }) => status === 'rejected')

    assert.equal(refused.length, 8)
    assert.equal(await verifyPassword(validPassword, null), false)
  })
})

function isAccepted(password: string): boolean {
  return !hasErrors(checkNewPassword(password, [uniqueEmail()]))
}

/** A hash of next to no work, but for what is said. */
async function hashOf(cost: object): Promise<string> {
  const cheap = { type: argon2.argon2id, memoryCost: 1024, timeCost: 2, parallelism: 1 }

  return argon2.hash(validPassword, { ...cheap, ...cost })
}

async function isSamePassword(chosen: string, typed: string): Promise<boolean> {
  return verifyPassword(typed, await hashPassword(chosen))
}

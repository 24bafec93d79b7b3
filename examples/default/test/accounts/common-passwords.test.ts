import assert from 'node:assert/strict'

import { describe, test } from 'vitest'

import { isCommonPassword } from '../../src/accounts/common-passwords.js'

const COMMON = [
  'passwordpassword',
  'Password12345678',
  'password password password',
  '123456789012345',
  '111111111111111',
  'aaaaaaaaaaaaaaaa',
  'x7q x7q x7q x7q',
  'abcdefghijklmnopqrst',
  'qwertyuiopasdfghjkl',
  'qwertyqwertyqwerty',
  'QWERTYUIOP1234567890',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv',
  'iloveyouiloveyou',
  'letmeinletmein123',
  'welcome-to-welcome'.replace('-to-', '1234'),
  'adminadminadmin1!',
  'dragonmonkeydragon',
  'football_baseball_1',
  'superman.batman.2024',
  'princesssunshine',
  'michellejackson12',
  'Gandalf-Gandalf-99',
  'yankees & lakers 2024',
  'guitarguitarguitarguitar',
]

const UNCOMMON = [
  'correct staple battery horse',
  'seven green umbrellas dance',
  'kettleumbrellaviolin',
  'my dog passed the password exam',
  'rhubarb-password-lighthouse',
  'gandalf guitar yankees',
]

describe('isCommonPassword', () => {
  for (const password of COMMON) {
    test(`knows ${password}`, () => assert.ok(isCommonPassword(password)))
  }

  for (const password of UNCOMMON) {
    test(`has nothing against ${password}`, () => assert.ok(!isCommonPassword(password)))
  }

  test('counts the words of the account as common', () => {
    const own = ['violin.kettle@umbrella.example']

    assert.ok(isCommonPassword('violinkettle1234', own))
    assert.ok(isCommonPassword('password-umbrella', own))
    assert.ok(!isCommonPassword('violinkettle1234'))
  })

  test('counts an address as common however long it is', () => {
    const own = ['a.rather-long_name.indeed1987@an-even-longer-company-name.example']
    const [address = ''] = own

    assert.ok(isCommonPassword(address, own))
    assert.ok(isCommonPassword(address.slice(0, address.indexOf('@')), own))
    assert.ok(!isCommonPassword(address))
  })
})

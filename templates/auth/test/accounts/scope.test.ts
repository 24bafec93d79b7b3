import assert from 'node:assert/strict'

import { describe, test } from 'vitest'

import { Scope, type ScopeUser } from '../../src/accounts/scope.js'
import type { User, UserToken } from '../../src/generated/prisma/client.js'

const user: ScopeUser = {
  id: 'user-1' as unknown as User['id'],
  email: 'ada@example.com',
  confirmedAt: new Date(),
  deactivatedAt: null,
}

const session = {
  userTokenId: 'token-1' as unknown as UserToken['id'],
  authenticatedAt: new Date(),
  remembered: false,
}

describe('the scope of a visitor', () => {
  const scope = Scope.anonymous()

  test('has nobody in it, and no rights', () => {
    assert.deepEqual(scope.toJSON(), {
      user: null,
      loginState: 'ANONYMOUS',
      scopes: [],
      displayName: 'Anonymous',
      isAuthenticated: false,
    })
    assert.ok(!scope.has('anything'))
  })
})

describe('the scope of a user', () => {
  test('tells who it is, and that the password was given', () => {
    const scope = Scope.forUser(user, session)

    assert.equal(scope.user?.id, user.id)
    assert.equal(scope.loginState, 'FRESH')
    assert.equal(scope.displayName, 'ada@example.com')
    assert.ok(scope.isAuthenticated)
  })

  test('tells that the browser was remembered', () => {
    assert.equal(Scope.forUser(user, { ...session, remembered: true }).loginState, 'REMEMBERED')
  })

  test('is not authenticated when the user was deactivated', () => {
    const scope = Scope.forUser({ ...user, deactivatedAt: new Date() }, session)

    assert.notEqual(scope.user, null)
    assert.ok(!scope.isAuthenticated)
  })

  test('has a scope or has it not', () => {
    const scope = Scope.forUser(user, session)

    assert.ok(scope.scopes.every((name) => scope.has(name)))
    assert.ok(!scope.has('auth:a-scope-that-nobody-has'))
  })

  test('never shows the password hash, or what ends the session', () => {
    const text = JSON.stringify(
      Scope.forUser({ ...user, ...{ hashedPassword: '$argon2id$secret' } }, session),
    )

    assert.ok(!text.includes('argon2id'))
    assert.ok(!text.includes('token-1'))
  })
})

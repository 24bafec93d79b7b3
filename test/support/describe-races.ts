// Links and passwords in two processes, with many requests at the same moment, on any database.

import { randomUUID } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import { PASSWORD, type Row } from './account-rows.js'
import type { HttpVisitor } from './http-visitor.js'
import type { TwoProcesses } from './two-processes.js'

const MINUTE = 60_000
const AT_ONCE = 16
const RESET = 'seven green umbrellas dance'
const CHANGED = 'four more unrelated words'

/** What has to hold in every app, whatever comes at the same moment; tried so many times. */
export function describeRaces(times: number, runningApp: () => TwoProcesses): void {
  async function rounds(work: (app: TwoProcesses) => Promise<void>): Promise<void> {
    for (let round = 0; round < times; round += 1) await work(runningApp())
  }

  describe('of sixteen uses of one link at the same moment one works:', () => {
    test(
      'for a new password',
      () =>
        rounds(async (app) => {
          const token = await app.rows.createToken(await app.rows.createUser(), 'reset')
          const visitors = await app.visitors(AT_ONCE)
          const path = `/users/reset-password/${token}`
          const statuses = await statusesOf(visitors, path, { password: RESET })

          expect(statuses.sort()).toEqual([200, ...Array(AT_ONCE - 1).fill(410)])
        }),
      10 * MINUTE,
    )

    test(
      'for logging in',
      () =>
        rounds(async (app) => {
          const user = await app.rows.createUser()
          const token = await app.rows.createToken(user, 'magic-link')
          const statuses = await statusesOf(
            await app.visitors(AT_ONCE),
            `/users/log-in/link/${token}`,
          )

          expect(statuses.sort()).toEqual([200, ...Array(AT_ONCE - 1).fill(410)])
          expect(await app.rows.sessionsOf(user)).toBe(1)
        }),
      5 * MINUTE,
    )

    test(
      'for another email',
      () =>
        rounds(async (app) => {
          const user = await app.rows.createUser()
          const browsers = await app.copies(await app.loggedIn(user), AT_ONCE)
          const newEmail = `new-${user.email}`
          const token = await app.rows.createToken(user, 'change-email', newEmail)
          const statuses = await statusesOf(browsers, `/users/settings/email/${token}`)

          // The session of all of them ends with the change.
          expect(statuses.filter((status) => status === 200)).toHaveLength(1)
          expect(statuses.filter((status) => ![200, 401, 403, 410].includes(status))).toEqual([])
          expect(await app.rows.emailOf(user)).toBe(newEmail)
          expect(await app.rows.sessionsOf(user)).toBe(1)
        }),
      5 * MINUTE,
    )

    test(
      'for confirming an address',
      () =>
        rounds(async (app) => {
          const user = await app.rows.createUnconfirmedUser()
          const token = await app.rows.createToken(user, 'confirm')
          const statuses = await statusesOf(await app.visitors(AT_ONCE), `/users/confirm/${token}`)

          expect(statuses.sort()).toEqual([200, ...Array(AT_ONCE - 1).fill(410)])
        }),
      5 * MINUTE,
    )
  })

  test(
    'of sixteen deletions of one account at the same moment one does it and tells its owner',
    () =>
      rounds(async (app) => {
        const user = await app.rows.createUser()
        await app.rows.createToken(user, 'reset')
        const browsers = await app.copies(await app.loggedIn(user), AT_ONCE)
        const answers = await Promise.all(
          browsers.map((browser) => browser.send('DELETE', '/users/settings', {})),
        )
        const statuses = answers.map(({ status }) => status)

        expect(statuses.filter((status) => status === 204)).toHaveLength(1)
        // To all others nobody is logged in any more.
        expect(statuses.filter((status) => ![204, 401, 403].includes(status))).toEqual([])
        expect(await app.rows.countRows(user)).toBe(0)
        expect(await app.subjectsOfMailsTo(user)).toEqual(['Your account is deleted'])
      }),
    5 * MINUTE,
  )

  describe('nothing that the old password opened is left, when at the same moment as a reset', () => {
    test(
      'somebody logs in with it',
      () =>
        rounds(async (app) => {
          const user = await app.rows.createUser()
          const token = await app.rows.createToken(user, 'reset')
          const visitors = await app.visitors(8)
          const [owner] = await app.visitors(1)
          const logIns = visitors.map((visitor) =>
            visitor.post('/users/log-in', { email: user.email, password: PASSWORD }),
          )
          const answers = await Promise.all([owner && reset(owner, token), ...logIns])

          expect(answers[0]?.status).toBe(200)
          for (const answer of answers) expect([200, 401]).toContain(answer?.status)
          expect(await app.rows.sessionsOf(user)).toBe(0)
          expect(await app.canLogIn(user, PASSWORD)).toBe(false)
          expect(await app.canLogIn(user, RESET)).toBe(true)
        }),
      10 * MINUTE,
    )

    test(
      'somebody uses a link to log in',
      () =>
        rounds(async (app) => {
          const user = await app.rows.createUser()
          const token = await app.rows.createToken(user, 'reset')
          const link = `/users/log-in/link/${await app.rows.createToken(user, 'magic-link')}`
          const [owner, thief] = await app.visitors(2)
          const [changed, letIn] = await Promise.all([
            owner && reset(owner, token),
            afterAMoment(async () => thief?.post(link)),
          ])

          expect(changed?.status).toBe(200)
          expect([200, 410]).toContain(letIn?.status)
          expect(await app.rows.sessionsOf(user)).toBe(0)
        }),
      5 * MINUTE,
    )

    test(
      'somebody changes it: one of the two new ones is valid',
      () =>
        rounds(async (app) => {
          const user = await app.rows.createUser()
          const token = await app.rows.createToken(user, 'reset')
          const thief = await app.loggedIn(user)
          const [owner] = await app.visitors(1)
          const change = { currentPassword: PASSWORD, password: CHANGED }
          const answers = await Promise.all([
            owner && reset(owner, token),
            thief.post('/users/settings/password', change),
          ])
          const statuses = answers.map((answer) => answer?.status)
          const isReset = statuses[0] === 200

          expect(statuses.filter((status) => status === 200)).toHaveLength(1)
          expect(isReset ? [401, 403, 422] : [410]).toContain(statuses[isReset ? 1 : 0])
          expect(await app.rows.sessionsOf(user)).toBe(isReset ? 0 : 1)
          expect(await validPasswords(app, user)).toEqual([isReset ? RESET : CHANGED])
        }),
      10 * MINUTE,
    )
  })

  test(
    'a change to one address, while another is asked for, never gives the other one',
    () =>
      rounds(async (app) => {
        const user = await app.rows.createUser()
        const [mine, victim] = [`mine-${user.email}`, `victim-${user.email}`]
        const [one, other] = await app.copies(await app.loggedIn(user), 2)
        const token = await app.rows.createToken(user, 'change-email', mine)
        const answers = await Promise.all([
          one?.post(`/users/settings/email/${token}`),
          other?.post('/users/settings/email', { email: victim }),
        ])

        for (const answer of answers) expect(answer?.status).toBeLessThan(500)
        expect([user.email, mine]).toContain(await app.rows.emailOf(user))
      }),
    5 * MINUTE,
  )

  test(
    'twenty registrations of one address make one account, and look the same',
    () =>
      rounds(async (app) => {
        const email = uniqueEmail()
        const answers = await Promise.all(
          (await app.visitors(20)).map((visitor) =>
            visitor.post('/users/register', { email, password: PASSWORD }),
          ),
        )

        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
        expect(answers[0]?.status).toBe(202)
        expect(await app.rows.countUsers(email)).toBe(1)
      }),
    5 * MINUTE,
  )

  test(
    'ten of 64 guesses at one password are looked at, however they are spread',
    () =>
      rounds(async (app) => {
        const guess = { email: uniqueEmail(), password: 'some other phrase entirely' }
        const statuses = await statusesOf(await app.visitors(64), '/users/log-in', guess)

        expect(statuses.sort()).toEqual([...Array(10).fill(401), ...Array(54).fill(429)])
      }),
    5 * MINUTE,
  )
}

async function statusesOf(visitors: HttpVisitor[], path: string, body: object = {}) {
  return Promise.all(visitors.map(async (visitor) => (await visitor.post(path, body)).status))
}

function reset(visitor: HttpVisitor, token: string) {
  return visitor.post(`/users/reset-password/${token}`, { password: RESET })
}

/** So that it meets the other one in its transaction, and not while the password is hashed. */
async function afterAMoment<Result>(work: () => Promise<Result>): Promise<Result> {
  await new Promise((resolve) => setTimeout(resolve, 40 + 60 * Math.random()))

  return work()
}

async function validPasswords(app: TwoProcesses, user: Row): Promise<string[]> {
  const passwords = [PASSWORD, RESET, CHANGED]
  const checks = await Promise.all(passwords.map((password) => app.canLogIn(user, password)))

  return passwords.filter((_password, index) => checks[index])
}

function uniqueEmail(): string {
  return `user-${randomUUID()}@example.com`
}

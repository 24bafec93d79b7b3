import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { RealApp } from '../model/real-app.js'
import { copyExample, removeCopy } from '../support/example-copy.js'
import { type RandomRequest, randomRequest } from './random-requests.js'
import { type RawAnswer, sendRaw } from './send-raw.js'

const REQUESTS = Number(process.env.REQUESTS ?? 1_000)
const SEED = Number(process.env.SEED ?? 20_261_121)
const BATCH = 50
const PASSWORD = 'correct staple battery horse'

/** What an answer to a stranger must not show of the inside (OWASP ASVS 16.5.1). */
const INSIDE = /node_modules|\bat \S+ \(|:\d+:\d+\)|prisma|sqlite|libsql|SELECT |argon2/i

let copy = ''
let app: RealApp
let port = 0

beforeAll(async () => {
  copy = await copyExample()
  app = await RealApp.start(copy)
  port = await app.listen()
}, 120_000)

afterAll(async () => {
  await app?.close()
  removeCopy(copy)
})

// `REQUESTS=10000 npx vitest run test/fuzz` sends more of them, `SEED` others.
test(`${REQUESTS} random requests get an answer that is no 5xx and shows nothing of the inside`, async () => {
  const { routes } = JSON.parse(readFileSync(join(copy, '.create-auth/manifest.json'), 'utf8'))
  const memory = process.memoryUsage.rss()
  const requests = fc.sample(randomRequest(routes), { numRuns: REQUESTS, seed: SEED })

  for (let start = 0; start < requests.length; start += BATCH) {
    const senders = { nobody: null, visitor: await visit(), user: await logIn() }
    const batch = requests
      .slice(start, start + BATCH)
      .map((request) => as(senders[request.sender], request))
    const answers = await Promise.all(batch.map((request) => sendRaw(port, request)))

    expect(batch.filter((_, index) => isWrong(answers[index])).map(shown)).toEqual([])
    await app.forgive()
  }

  expect(Object.keys(Object.prototype)).toEqual([])
  expect({}).not.toHaveProperty('polluted')
  expect((await app.visitor().get('/users/session')).status).toBe(200)
  expect(process.memoryUsage.rss() - memory).toBeLessThan(500 * 2 ** 20)
}, 1_200_000)

function isWrong(answer: RawAnswer | undefined): boolean {
  if (!answer || answer.status === null || answer.status >= 500) return true

  return answer.status >= 400 && INSIDE.test(answer.text)
}

/** Short enough to be read when it is what failed. */
function shown({ method, target, headers, body }: RandomRequest): string {
  return JSON.stringify({ method, target, headers, body: body?.slice(0, 200) }).slice(0, 800)
}

type Credentials = { cookie: string; csrfToken: string }

function as(credentials: Credentials | null, request: RandomRequest): RandomRequest {
  if (credentials === null) return request
  const { cookie, csrfToken } = credentials

  return {
    ...request,
    headers: [...request.headers, ['cookie', cookie], ['x-csrf-token', csrfToken]],
  }
}

async function visit(visitor = app.visitor()): Promise<Credentials> {
  const { csrfToken } = (await visitor.get('/users/session')).body as { csrfToken: string }
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`)

  return { cookie: cookie.join('; '), csrfToken }
}

async function logIn(): Promise<Credentials> {
  const visitor = app.visitor()
  const email = `user-${randomUUID()}@example.com`
  await visitor.send('POST', '/users/register', { email, password: PASSWORD })
  const token = app.takeTokens().get(email)
  expect(await visitor.send('POST', `/users/confirm/${token}`)).toMatchObject({ status: 200 })

  return visit(visitor)
}

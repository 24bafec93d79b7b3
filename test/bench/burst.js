// Whether an app still answers while many people log in at once: a hash takes 19 MiB and a thread of
// four, and the thread is what files and names of hosts are looked up with.

import { createGeneratedApp } from './apps.js'
import { sendRequests } from './load.js'
import { startServer } from './server-process.js'
import { Visitor } from './visitor.js'

const LOG_INS = 64
const LOOKS_BEFORE = 200

/** Of a request for /healthz meanwhile, in milliseconds; and of the process, in bytes. */
const AIMS = { slowest: 500, memory: 300 * 2 ** 20 }

/**
 * @param {string} folder
 * @param {import('./databases.js').Database} database
 */
export async function measureBurst(folder, database) {
  const app = createGeneratedApp(folder, database)
  const server = await startServer('generated', {
    ...app,
    env: { ...app.env, NODE_ENV: 'production' },
  })

  try {
    const attempts = await Promise.all(Array.from({ length: LOG_INS }, prepareAttempt))
    const alone = []
    while (alone.length < LOOKS_BEFORE) alone.push(await look(server))
    const before = await server.readUsage()
    const { times, statuses, duration } = await lookDuring(server, attempts)
    const after = await server.readUsage()
    const p99 = percentile(times, 0.99)
    const memory = after.memory - before.memory

    return {
      logIns: LOG_INS,
      duration,
      statuses: countOf(statuses),
      alone: percentile(alone, 0.5),
      during: { p99, max: Math.max(...times), requests: times.length },
      memory,
      isMet:
        p99 < AIMS.slowest &&
        memory < AIMS.memory &&
        statuses.every((status) => [401, 429, 503].includes(status)),
    }
  } finally {
    await server.stop()
    await database.drop('generated')
  }

  /** Somebody with a form, about to send it: for an account that does not exist, all work is done. */
  async function prepareAttempt(_, index) {
    const visitor = new Visitor(server.origin)
    const { csrfToken } = await visitor.get('/users/session')

    return () =>
      fetch(new URL('/users/log-in', server.origin), {
        method: 'POST',
        headers: {
          ...visitor.headers,
          'x-csrf-token': csrfToken,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ email: `nobody-${index}@example.com`, password: 'a guess of many' }),
      })
  }
}

async function lookDuring(server, attempts) {
  const start = performance.now()
  let isOver = false
  const answers = Promise.all(attempts.map((attempt) => attempt())).finally(() => {
    isOver = true
  })
  const times = []
  while (!isOver) times.push(await look(server))
  const statuses = (await answers).map(({ status }) => status)

  return { times, statuses, duration: performance.now() - start }
}

function look({ port }) {
  return sendRequests({ port, path: '/healthz', headers: {} }, { requests: 1, connections: 1 })
}

function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)

  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]
}

function countOf(statuses) {
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [
      status,
      statuses.filter((each) => each === status).length,
    ]),
  )
}

// What a logged-in request costs: the same small answer from three apps, in turns, so that
// whatever else the machine does meanwhile hits all of them.

import { join } from 'node:path'
import { createGeneratedApp, createHandWrittenApp, SETTINGS } from './apps.js'
import { ratioOf, summarize } from './figures.js'
import { sendRequests } from './load.js'
import { startServer } from './server-process.js'
import { logIn, logInByHand, register, Visitor } from './visitor.js'
import { stopWhenOver } from './workspace.js'

const ROUNDS = 7
const REQUESTS = 2_000
const WARM_UP = 4_000

const BARE = 'bare Fastify'
const HAND_WRITTEN = 'hand-written'

/**
 * @param {string} folder
 * @param {import('./databases.js').Database} database
 */
export async function measureRequests(folder, database) {
  const servers = []

  try {
    const subjects = await startSubjects(folder, database, servers)
    const rounds = await measureInTurns(subjects)
    const cpuOf = (wanted) => rounds[subjects.findIndex(({ name }) => name === wanted)].cpu
    const memory = await Promise.all(subjects.map(({ server }) => server.readUsage()))

    return subjects.map(({ name }, index) => ({
      name,
      cpu: summarize(rounds[index].cpu),
      requestsPerSecond: summarize(rounds[index].requestsPerSecond),
      ofBare: ratioOf(rounds[index].cpu, cpuOf(BARE)),
      ofHandWritten: ratioOf(rounds[index].cpu, cpuOf(HAND_WRITTEN)),
      memory: memory[index].memory,
    }))
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    await database.drop('generated')
    await database.drop('hand-written')
  }
}

async function startSubjects(folder, database, servers) {
  const handWritten = createHandWrittenApp(join(folder, 'hand-written'), database)
  const generated = createGeneratedApp(join(folder, 'generated'), database)

  await registerVisitor(generated)
  const [bareServer, handWrittenServer, generatedServer] = [
    await start('bare', { cwd: folder, env: SETTINGS }),
    await start('hand-written', handWritten),
    await start('generated', generated),
  ]
  const visitorByHand = new Visitor(handWrittenServer.origin)
  const visitor = new Visitor(generatedServer.origin)
  await logInByHand(visitorByHand)
  await logIn(visitor)

  return [
    subject(BARE, bareServer, new Visitor(bareServer.origin), '/me'),
    subject(HAND_WRITTEN, handWrittenServer, visitorByHand, '/me'),
    subject('generated, a guarded route', generatedServer, visitor, '/me'),
    subject('generated, GET /users/session', generatedServer, visitor, '/users/session'),
  ]

  async function start(name, app) {
    const server = await startServer(name, { ...app, env: { ...app.env, NODE_ENV: 'production' } })
    servers.push(server)

    return server
  }
}

// In development, where the mail with the link can be read. Production has no such mailbox.
async function registerVisitor(app) {
  const server = await startServer('generated', {
    ...app,
    env: { ...app.env, NODE_ENV: 'development' },
  })

  try {
    await register(new Visitor(server.origin))
  } finally {
    await server.stop()
  }
}

function subject(name, server, { headers }, path) {
  return { name, server, request: { port: server.port, path, headers } }
}

async function measureInTurns(subjects) {
  const rounds = subjects.map(() => ({ cpu: [], requestsPerSecond: [] }))
  for (const { request } of subjects) await sendRequests(request, { requests: WARM_UP })

  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { server, request }] of subjects.entries()) {
      stopWhenOver()
      const before = await server.readUsage()
      const duration = await sendRequests(request, { requests: REQUESTS })
      const after = await server.readUsage()

      rounds[index].cpu.push((after.cpu - before.cpu) / REQUESTS)
      rounds[index].requestsPerSecond.push((1000 * REQUESTS) / duration)
    }
  }

  return rounds
}

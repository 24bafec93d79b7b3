// A server that is measured: it listens on a free port, and tells its parent what it used so far.

/** @param {import('fastify').FastifyInstance} app */
export async function serve(app) {
  await app.listen({ port: 0, host: '127.0.0.1' })

  process.on('message', () => send({ cpu: process.cpuUsage(), memory: process.memoryUsage.rss() }))
  process.on('disconnect', () => app.close())
  const [address] = app.addresses()
  send({ port: address?.port })
}

/** @param {object} message */
function send(message) {
  process.send?.(message)
}

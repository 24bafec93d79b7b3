const Fastify = require('fastify')
const songs = require('./routes/songs')

async function buildApp() {
  const app = Fastify()

  await app.register(songs, { prefix: '/songs' })

  return app
}

module.exports = { buildApp }

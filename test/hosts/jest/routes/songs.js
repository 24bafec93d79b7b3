const { prisma } = require('../db')

module.exports = async function songs(app) {
  app.get('/', () => prisma.song.findMany({ orderBy: { title: 'asc' } }))

  app.post('/', async (request, reply) => {
    const song = await prisma.song.create({ data: { title: request.body.title } })
    reply.code(201)
    return song
  })
}

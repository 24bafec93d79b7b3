import { FastifyPluginAsync } from 'fastify'

type NewTask = { title: string, notes?: string, labels?: string[] }
type TaskParams = { id: number }

const params = {
  type: 'object',
  properties: { id: { type: 'integer' } }
}

const newTask = {
  type: 'object',
  required: ['title'],
  additionalProperties: false,
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 120 },
    notes: { type: 'string' },
    labels: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true }
  }
}

const tasks: FastifyPluginAsync = async (fastify, opts): Promise<void> => {
  fastify.get<{ Querystring: { label?: string } }>('/', async function (request, reply) {
    const { label } = request.query
    return fastify.prisma.task.findMany({
      where: label ? { labels: { some: { name: label } } } : {},
      include: { labels: true },
      orderBy: { id: 'asc' }
    })
  })

  fastify.post<{ Body: NewTask }>('/', { schema: { body: newTask } }, async function (request, reply) {
    const { title, notes, labels = [] } = request.body
    const task = await fastify.prisma.task.create({
      data: {
        title,
        notes,
        labels: { connectOrCreate: labels.map((name) => ({ where: { name }, create: { name } })) }
      },
      include: { labels: true }
    })
    return reply.code(201).send(task)
  })

  fastify.post<{ Params: TaskParams }>('/:id/done', { schema: { params } }, async function (request, reply) {
    const { id } = request.params
    const { count } = await fastify.prisma.task.updateMany({
      where: { id, doneAt: null },
      data: { doneAt: new Date() }
    })
    if (count === 0) {
      return reply.callNotFound()
    }
    return fastify.prisma.task.findUnique({ where: { id } })
  })
}

export default tasks

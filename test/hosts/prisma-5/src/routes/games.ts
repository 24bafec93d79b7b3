import { FastifyInstance } from 'fastify';

type Lend = { Params: { id: string }; Body: { borrower: string } };

export default async function (fastify: FastifyInstance): Promise<void> {
  fastify.get('/games', () => fastify.prisma.game.findMany({ orderBy: { title: 'asc' } }));

  fastify.post<Lend>('/games/:id/loans', async (request, reply) => {
    const gameId = Number(request.params.id);
    const taken = await fastify.prisma.loan.findFirst({ where: { gameId, returnedAt: null } });

    if (taken) {
      return reply.status(409).send({ message: `${taken.borrower} has it` });
    }

    const loan = await fastify.prisma.loan.create({
      data: { borrower: request.body.borrower, gameId },
    });

    return reply.status(201).send(loan);
  });
}

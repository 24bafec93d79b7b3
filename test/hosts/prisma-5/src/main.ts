import fastify, { FastifyInstance } from 'fastify';
import prismaPlugin from './plugins/prisma.plugin';
import games from './routes/games';

export const main = async (): Promise<FastifyInstance> => {
  const fastifyInstance: FastifyInstance = fastify({ logger: true });

  await fastifyInstance.register(prismaPlugin);

  await fastifyInstance.register(games, { prefix: '/api/v1' });

  return fastifyInstance;
};

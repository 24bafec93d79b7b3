import type { FastifyInstance } from 'fastify';
import { prisma } from '../lib/prisma';

export default async function productRoutes(server: FastifyInstance) {
	server.get('/', () => prisma.product.findMany({ orderBy: { title: 'asc' } }));
}

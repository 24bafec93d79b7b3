import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import fastifySession from '@fastify/session';
import Fastify, { type FastifyServerOptions } from 'fastify';
import { prisma } from './lib/prisma';
import cartRoutes from './routes/cart';
import productRoutes from './routes/products';

declare module 'fastify' {
	interface Session {
		/** Quantities by SKU. */
		cart?: Record<string, number>;
	}
}

const production = process.env.NODE_ENV === 'production';

export function build(opts: FastifyServerOptions = {}) {
	const server = Fastify(opts);

	server.register(fastifyFormbody);
	server.register(fastifyCookie);
	server.register(fastifySession, {
		secret: process.env.CART_SECRET || 'only good enough for a laptop, not for the shop',
		cookieName: 'corner_shop',
		cookie: { secure: production, sameSite: 'lax', maxAge: 7 * 24 * 60 * 60 * 1000 },
		saveUninitialized: false,
	});

	server.addHook('onClose', () => prisma.$disconnect());

	server.get('/', (_request, reply) => reply.redirect('/products'));
	server.register(productRoutes, { prefix: '/products' });
	server.register(cartRoutes, { prefix: '/cart' });

	return server;
}

import { build } from './app';

if (process.env.NODE_ENV === 'production' && !process.env.CART_SECRET) {
	throw new Error('CART_SECRET is missing');
}

const server = build({ logger: true });

try {
	await server.listen({
		port: Number(process.env.PORT) || 4000,
		host: process.env.HOST || '127.0.0.1',
	});
} catch (error) {
	server.log.error(error);
	process.exit(1);
}

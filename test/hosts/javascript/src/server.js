import { buildApp } from "./app.js";

const fastify = await buildApp({ logger: true });

try {
	await fastify.listen({ port: Number(process.env.PORT ?? 3000) });
} catch (err) {
	fastify.log.error(err);
	process.exit(1);
}

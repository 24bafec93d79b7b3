import createFastify from "fastify";
import prismaPlugin from "./plugins/prisma.js";
import loanRoutes from "./routes/loans.js";
import toolRoutes from "./routes/tools.js";

/**
 * @param {import("fastify").FastifyServerOptions} [opts]
 */
export async function buildApp(opts) {
	const fastify = createFastify(opts);

	await fastify.register(prismaPlugin);
	await fastify.register(toolRoutes, { prefix: "/tools" });
	await fastify.register(loanRoutes, { prefix: "/loans" });

	return fastify;
}

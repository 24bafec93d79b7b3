import Fastify, { type FastifyServerOptions } from "fastify";
import { prismaPlugin } from "./plugins/prisma.js";
import { authorRoutes } from "./routes/authors.js";
import { postRoutes } from "./routes/posts.js";

export interface BuildAppOptions extends FastifyServerOptions {
  databaseUrl?: string;
}

export async function buildApp(options: BuildAppOptions = {}) {
  const { databaseUrl, ...serverOptions } = options;

  const app = Fastify({
    logger: process.env.NODE_ENV !== "test",
    ...serverOptions,
  });

  // Clients only ever learn that something broke, the log has the rest.
  app.setErrorHandler((error, request, reply) => {
    request.log.error(error);
    return reply.status(500).send({ error: "Internal Server Error" });
  });

  await app.register(prismaPlugin, {
    url: databaseUrl ?? process.env.DATABASE_URL ?? "file:./dev.db",
  });

  app.get("/status", async () => ({ ok: true }));

  await app.register(authorRoutes, { prefix: "/api/authors" });
  await app.register(postRoutes, { prefix: "/api/posts" });

  return app;
}

import Fastify, {
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from "fastify";
import { serializerCompiler, validatorCompiler } from "./lib/shapes.js";
import { readTicket } from "./lib/tickets.js";
import { prismaPlugin } from "./plugins/prisma.js";
import { authorRoutes } from "./routes/authors.js";
import { peopleRoutes } from "./routes/people.js";
import { postRoutes } from "./routes/posts.js";

declare module "fastify" {
  interface FastifyInstance {
    authenticate(request: FastifyRequest, reply: FastifyReply): Promise<unknown>;
  }
  interface FastifyRequest {
    user: { sub: number } | null;
  }
}

export interface BuildAppOptions extends FastifyServerOptions {
  databaseUrl?: string;
}

const LIMIT = 100_000;
const OPEN = ["/status", "/users/log-in", "/api/", "/boom"];

export async function buildApp(options: BuildAppOptions = {}) {
  const { databaseUrl, ...serverOptions } = options;

  const app = Fastify({
    logger: process.env.NODE_ENV !== "test",
    routerOptions: { ignoreTrailingSlash: true, caseSensitive: false },
    exposeHeadRoutes: false,
    ...serverOptions,
  });

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  // Clients only ever learn that something broke, the log has the rest.
  app.setErrorHandler((error, request, reply) => {
    request.log.error(error);
    return reply.status(500).send({ error: "Internal Server Error" });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ error: "nothing here" }),
  );

  // JSON and nothing else, whatever it is called.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });

  const asked = new Map<string, number>();
  app.addHook("onRequest", async (request, reply) => {
    const count = (asked.get(request.ip) ?? 0) + 1;
    asked.set(request.ip, count);
    reply.header("x-ratelimit-remaining", LIMIT - count);
    if (count > LIMIT) return reply.status(429).send({ error: "slow down" });
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("content-security-policy", "default-src 'self'");
    if (request.headers.origin !== "https://front.example") return;
    reply.header("access-control-allow-origin", "https://front.example");
    reply.header("access-control-allow-credentials", "true");
  });

  app.decorateRequest("user", null);
  app.decorate("authenticate", async (request: FastifyRequest, reply: FastifyReply) => {
    request.user = readTicket(request.headers.authorization);
    if (!request.user) return reply.status(401).send({ error: "log in first" });
  });
  app.addHook("preHandler", async (request, reply) => {
    if (request.is404 || OPEN.some((path) => request.url.toLowerCase().startsWith(path))) return;
    await app.authenticate(request, reply);
  });

  await app.register(prismaPlugin, {
    url: databaseUrl ?? process.env.DATABASE_URL ?? "file:./dev.db",
  });

  app.get("/status", async () => ({ ok: true }));

  await app.register(authorRoutes, { prefix: "/api/authors" });
  await app.register(postRoutes, { prefix: "/api/posts" });
  await app.register(peopleRoutes, { prefix: "/users" });

  return app;
}

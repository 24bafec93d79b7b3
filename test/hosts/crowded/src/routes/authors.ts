import type { FastifyPluginAsync } from "fastify";

interface AuthorBody {
  email?: string;
  name?: string;
}

export const authorRoutes: FastifyPluginAsync = async (app) => {
  app.get("/", async () => {
    return app.prisma.user.findMany({
      select: { id: true, name: true, _count: { select: { posts: true } } },
      orderBy: { name: "asc" },
    });
  });

  app.post<{ Body: AuthorBody }>("/", async (request, reply) => {
    const { email, name } = request.body;
    if (!email || !name) {
      return reply.status(400).send({ error: "email and name are required" });
    }

    const taken = await app.prisma.user.findUnique({ where: { email } });
    if (taken) {
      return reply.status(409).send({ error: "email is taken" });
    }

    const author = await app.prisma.user.create({ data: { email, name } });
    return reply.status(201).send({ id: author.id, name: author.name });
  });
};

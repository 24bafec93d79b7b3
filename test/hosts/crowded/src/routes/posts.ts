import type { FastifyPluginAsync } from "fastify";

interface PostBody {
  title?: string;
  body?: string;
  authorId?: number;
}

export const postRoutes: FastifyPluginAsync = async (app) => {
  app.get("/", async () => {
    return app.prisma.post.findMany({
      orderBy: { id: "desc" },
      include: { author: { select: { name: true } } },
    });
  });

  app.get<{ Params: { slug: string } }>("/:slug", async (request, reply) => {
    const post = await app.prisma.post.findUnique({
      where: { slug: request.params.slug },
    });
    return post ?? reply.status(404).send({ error: "no such post" });
  });

  app.post<{ Body: PostBody }>("/", async (request, reply) => {
    const { title, body, authorId } = request.body;
    if (!title || !body || !authorId) {
      return reply
        .status(400)
        .send({ error: "title, body and authorId are required" });
    }

    const post = await app.prisma.post.create({
      data: { slug: slugify(title), title, body, authorId },
    });
    return reply.status(201).send(post);
  });

  app.patch<{ Params: { slug: string }; Body: PostBody }>(
    "/:slug",
    async (request, reply) => {
      const { title, body } = request.body;
      const { count } = await app.prisma.post.updateMany({
        where: { slug: request.params.slug },
        data: { title, body },
      });
      if (count === 0) {
        return reply.status(404).send({ error: "no such post" });
      }
      return app.prisma.post.findUnique({
        where: { slug: request.params.slug },
      });
    },
  );

  app.delete<{ Params: { slug: string } }>("/:slug", async (request, reply) => {
    const { count } = await app.prisma.post.deleteMany({
      where: { slug: request.params.slug },
    });
    return reply.status(count === 0 ? 404 : 204).send();
  });
};

function slugify(title: string) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

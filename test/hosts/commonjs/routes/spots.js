module.exports = async function (fastify) {
  fastify.get("/", async () => {
    return fastify.prisma.spot.findMany({
      where: { stays: { none: { until: null } } },
      orderBy: { name: "asc" },
    });
  });

  fastify.post("/:name/park", async (request, reply) => {
    const { name } = request.params;
    const spot = await fastify.prisma.spot.findUnique({ where: { name } });
    if (!spot) return reply.code(404).send({ error: "no such spot" });

    const { plate } = request.body;
    const stay = await fastify.prisma.stay.create({ data: { plate, spotId: spot.id } });
    return reply.code(201).send(stay);
  });
};

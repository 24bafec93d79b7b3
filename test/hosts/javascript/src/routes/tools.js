export default async function toolRoutes(fastify) {
	fastify.get("/", () => fastify.prisma.tool.findMany({ orderBy: { shelf: "asc" } }));

	fastify.post("/", async (req, reply) => {
		const { name, shelf } = req.body;
		reply.code(201);

		return fastify.prisma.tool.create({ data: { name, shelf } });
	});

	fastify.get("/:id/borrower", async (req, reply) => {
		const loan = await fastify.prisma.loan.findFirst({
			where: { toolId: req.params.id, returnedAt: null },
			include: { user: true }
		});
		if (!loan) return reply.code(404).send({ error: "on its shelf" });

		return { nickname: loan.user.nickname };
	});
}

export default async function loanRoutes(fastify) {
	fastify.post("/", async (req, reply) => {
		const { toolId, userId } = req.body;
		const taken = await fastify.prisma.loan.count({ where: { toolId, returnedAt: null } });
		if (taken > 0) return reply.code(409).send({ error: "somebody has it" });

		reply.code(201);
		return fastify.prisma.loan.create({ data: { toolId, userId } });
	});

	fastify.delete("/:id", async (req, reply) => {
		await fastify.prisma.loan.update({
			where: { id: req.params.id },
			data: { returnedAt: new Date() }
		});

		return reply.code(204).send();
	});
}

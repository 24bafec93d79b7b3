import { PrismaLibSql } from "@prisma/adapter-libsql";
import fp from "fastify-plugin";
import { PrismaClient } from "../generated/client/index.js";

async function prismaPlugin(fastify, opts) {
	const url = opts.url ?? process.env.DATABASE_URL;
	const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url }) });

	fastify.decorate("prisma", prisma);
	fastify.addHook("onClose", () => prisma.$disconnect());
}

export default fp(prismaPlugin, { name: "prisma" });

import { PrismaLibSql } from "@prisma/adapter-libsql";
import fp from "fastify-plugin";
import { PrismaClient } from "../generated/prisma/client.js";

declare module "fastify" {
  interface FastifyInstance {
    prisma: PrismaClient;
  }
}

interface PrismaPluginOptions {
  url: string;
}

export const prismaPlugin = fp<PrismaPluginOptions>(
  async (app, { url }) => {
    const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url }) });
    await prisma.$connect();

    app.decorate("prisma", prisma);
    app.addHook("onClose", async () => {
      await prisma.$disconnect();
    });
  },
  { name: "prisma" },
);

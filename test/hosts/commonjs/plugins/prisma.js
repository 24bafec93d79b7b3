const fp = require("fastify-plugin");
const { PrismaLibSql } = require("@prisma/adapter-libsql");
const { PrismaClient } = require("../generated/prisma");

module.exports = fp(async function (fastify) {
  const url = process.env.DATABASE_URL || "file:./dev.db";
  const prisma = new PrismaClient({ adapter: new PrismaLibSql({ url }) });

  fastify.decorate("prisma", prisma);
  fastify.addHook("onClose", async () => {
    await prisma.$disconnect();
  });
});

const fastify = require("fastify")({ ignoreTrailingSlash: true });

fastify.register(require("./plugins/prisma"));
fastify.register(require("./routes/spots"), { prefix: "/spots" });

module.exports = fastify;

import type { FastifyPluginAsync } from "fastify";
import { shape, text } from "../lib/shapes.js";
import { issueTicket } from "../lib/tickets.js";

/** The editors' own log-in: a ticket for whoever knows the word of the week. */
export const peopleRoutes: FastifyPluginAsync = async (app) => {
  app.post<{ Body: { email: string; word: string } }>(
    "/log-in",
    {
      schema: {
        body: shape({ email: text, word: text }),
        response: { 200: shape({ ticket: text }) },
      },
    },
    async (request) => {
      const { email, word } = request.body;
      const editor = await app.prisma.user.findUnique({ where: { email } });
      if (!editor || word !== "swordfish") throw new Error("not this week");
      return { ticket: issueTicket(editor.id), secret: "never sent" };
    },
  );

  app.get("/me", async (request) => ({ id: request.user?.sub }));
};

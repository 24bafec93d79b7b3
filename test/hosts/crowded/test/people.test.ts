import { expect, test } from "vitest";
import { buildApp } from "../src/app.js";

/** Over a real connection, as the editors' front end does it. */
async function listening() {
  const app = await buildApp();
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  const ask = async (path: string, options: RequestInit = {}) => {
    const response = await fetch(address + path, options);
    const body = await response.text();
    return { status: response.status, headers: response.headers, body: body && JSON.parse(body) };
  };
  const send = (path: string, body: string, type = "application/json") =>
    ask(path, { method: "POST", body, headers: { "content-type": type } });
  return { app, ask, send };
}

test("an editor logs in with the word of the week, and the ticket opens what is closed", async () => {
  const { app, ask, send } = await listening();
  const { id } = await app.prisma.user.create({ data: { email: "ed@example.com", name: "Ed" } });
  const login = { email: "ed@example.com", word: "swordfish" };

  const wrong = await send("/users/log-in", JSON.stringify({ ...login, word: "x" }));
  expect([wrong.status, wrong.body]).toEqual([500, { error: "Internal Server Error" }]);
  const closed = await ask("/users/me");
  expect([closed.status, closed.body]).toEqual([401, { error: "log in first" }]);

  const { body } = await send("/Users/Log-In/", JSON.stringify(login));
  expect(Object.keys(body)).toEqual(["ticket"]);
  const me = await ask("/users/me/", { headers: { authorization: `Bearer ${body.ticket}` } });
  expect([me.status, me.body]).toEqual([200, { id }]);
  await app.prisma.user.deleteMany();
  await app.close();
});

test("headers, bodies and what is not there are the app's own", async () => {
  const { app, ask, send } = await listening();
  const { headers } = await ask("/status", { headers: { origin: "https://front.example" } });
  expect(headers.get("content-security-policy")).toBe("default-src 'self'");
  expect(headers.get("access-control-allow-credentials")).toBe("true");
  expect(headers.get("x-ratelimit-remaining")).toBe("99999");
  expect(headers.get("set-cookie")).toBe(null);
  expect((await ask("/nowhere")).body).toEqual({ error: "nothing here" });
  expect((await ask("/status", { method: "HEAD" })).status).toBe(404);

  const author = await send("/api/authors", '{"email":"jo@example.com","name":"Jo"}', "text/notes");
  expect(author.status).toBe(201);
  await app.prisma.user.deleteMany();
  await app.close();
});

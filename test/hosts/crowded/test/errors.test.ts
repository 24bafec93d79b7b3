import { expect, test } from "vitest";
import { buildApp } from "../src/app.js";

test("whatever is thrown, the client sees a plain 500", async () => {
  const app = await buildApp();
  app.get("/boom", async () => {
    throw new Error("connection to 10.0.0.7 refused");
  });

  const response = await app.inject("/boom");

  expect(response.statusCode).toBe(500);
  expect(response.json()).toEqual({ error: "Internal Server Error" });
  await app.close();
});

test("a body that is not JSON is a 500 too", async () => {
  const app = await buildApp();

  const response = await app.inject({
    method: "POST",
    url: "/api/authors",
    headers: { "content-type": "application/json" },
    payload: "{",
  });

  expect(response.statusCode).toBe(500);
  await app.close();
});

test("an address can only be used by one author", async () => {
  const app = await buildApp();
  const signUp = (name: string) =>
    app.inject({
      method: "POST",
      url: "/api/authors",
      payload: { email: "jonas@example.com", name },
    });

  expect((await signUp("Jonas")).statusCode).toBe(201);
  expect((await signUp("Other Jonas")).statusCode).toBe(409);
  await app.prisma.user.deleteMany();
  await app.close();
});

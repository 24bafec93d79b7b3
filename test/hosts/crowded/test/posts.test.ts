import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildApp } from "../src/app.js";

let app: FastifyInstance;
let authorId: number;

beforeAll(async () => {
  app = await buildApp();
});

afterAll(async () => {
  await app.close();
});

beforeEach(async () => {
  await app.prisma.user.deleteMany();
  const author = await app.prisma.user.create({
    data: { email: "ines@example.com", name: "Ines" },
  });
  authorId = author.id;
});

function createPost(title = "Hello, Friday!") {
  return app.inject({
    method: "POST",
    url: "/api/posts",
    payload: { title, body: "First things first.", authorId },
  });
}

describe("posts", () => {
  it("creates a post with a slug made from its title", async () => {
    const response = await createPost();

    expect(response.statusCode).toBe(201);
    expect(response.json()).toMatchObject({ slug: "hello-friday", authorId });
  });

  it("asks for what is missing", async () => {
    const response = await app.inject({
      method: "POST",
      url: "/api/posts",
      payload: { title: "No body" },
    });

    expect(response.statusCode).toBe(400);
    expect(response.json().error).toMatch(/body/);
  });

  it("lists the newest first, with the author's name", async () => {
    await createPost("One");
    await createPost("Two");

    const response = await app.inject("/api/posts");

    expect(
      response.json().map((post: { title: string }) => post.title),
    ).toEqual(["Two", "One"]);
    expect(response.json()[0].author).toEqual({ name: "Ines" });
  });

  it("reads one by its slug", async () => {
    await createPost();

    const found = await app.inject("/api/posts/hello-friday");
    const missing = await app.inject("/api/posts/goodbye-friday");

    expect(found.json().title).toBe("Hello, Friday!");
    expect(missing.statusCode).toBe(404);
  });

  it("changes only what was sent", async () => {
    await createPost();

    const response = await app.inject({
      method: "PATCH",
      url: "/api/posts/hello-friday",
      payload: { body: "Second thoughts." },
    });

    expect(response.json()).toMatchObject({
      title: "Hello, Friday!",
      body: "Second thoughts.",
    });
  });

  it("deletes a post once", async () => {
    await createPost();
    const remove = () =>
      app.inject({ method: "DELETE", url: "/api/posts/hello-friday" });

    expect((await remove()).statusCode).toBe(204);
    expect((await remove()).statusCode).toBe(404);
  });

  it("goes with its author", async () => {
    await createPost();
    await app.prisma.user.delete({ where: { id: authorId } });

    expect(await app.prisma.post.count()).toBe(0);
  });
});

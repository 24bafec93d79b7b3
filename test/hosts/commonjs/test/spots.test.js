import { afterAll, beforeAll, expect, test } from "vitest";
import app from "../app";

beforeAll(async () => {
  await app.ready();
  await app.prisma.spot.createMany({
    data: [
      { level: 1, name: "A1" },
      { level: 1, name: "A2" },
    ],
  });
});

afterAll(() => app.close());

test("a parked spot is not free", async () => {
  const parked = await app.inject({
    method: "POST",
    url: "/spots/A1/park",
    payload: { plate: "B-XY 12" },
  });
  expect(parked.statusCode).toBe(201);

  const free = await app.inject("/spots/");
  expect(free.json().map(({ name }) => name)).toEqual(["A2"]);
});

test("nobody parks where no spot is", async () => {
  const response = await app.inject({ method: "POST", url: "/spots/Z9/park", payload: {} });
  expect(response.statusCode).toBe(404);
});

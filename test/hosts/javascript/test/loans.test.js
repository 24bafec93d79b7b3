import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buildApp } from "../src/app.js";

let fastify;
let toolId;
let userId;

before(async () => {
	fastify = await buildApp();
	const user = await fastify.prisma.user.create({
		data: { email: `${Date.now()}@example.com`, nickname: "Ada" }
	});
	userId = user.id;
});

after(() => fastify.close());

test("a tool gets a place on a shelf", async () => {
	const res = await fastify.inject({
		method: "POST",
		url: "/tools",
		payload: { name: "Plane", shelf: 4 }
	});

	assert.equal(res.statusCode, 201);
	toolId = res.json().id;
});

test("a tool is lent once", async () => {
	const request = { method: "POST", url: "/loans", payload: { toolId, userId } };

	assert.equal((await fastify.inject(request)).statusCode, 201);
	assert.equal((await fastify.inject(request)).statusCode, 409);

	const borrower = await fastify.inject(`/tools/${toolId}/borrower`);
	assert.deepEqual(borrower.json(), { nickname: "Ada" });
});

test("a tool comes back", async () => {
	const { id } = await fastify.prisma.loan.findFirst({ where: { toolId } });
	const res = await fastify.inject({ method: "DELETE", url: `/loans/${id}` });

	assert.equal(res.statusCode, 204);
	assert.equal((await fastify.inject(`/tools/${toolId}/borrower`)).statusCode, 404);
});

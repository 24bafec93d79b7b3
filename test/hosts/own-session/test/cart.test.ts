import { afterEach, beforeEach, expect, test } from 'vitest';
import { build } from '../src/app';
import { prisma } from '../src/lib/prisma';

let server: ReturnType<typeof build>;

beforeEach(async () => {
	server = build();
	await prisma.product.createMany({
		data: [
			{ sku: 'tea', title: 'Tea', priceCents: 450 },
			{ sku: 'jam', title: 'Plum jam', priceCents: 390 },
		],
	});
});

afterEach(async () => {
	await prisma.user.deleteMany();
	await prisma.product.deleteMany();
	await server.close();
});

/** A browser: keeps its cookies, sends forms. */
function visitor() {
	const cookies: Record<string, string> = {};

	return {
		cookies,
		async visit(url: string, form?: Record<string, string>) {
			const response = await server.inject({
				url,
				cookies,
				...(form && {
					method: 'POST',
					headers: { 'content-type': 'application/x-www-form-urlencoded' },
					payload: new URLSearchParams(form).toString(),
				}),
			});
			for (const { name, value } of response.cookies) cookies[name] = value;
			return response;
		},
	};
}

test('looking around leaves no cookie', async () => {
	const { visit, cookies } = visitor();

	const products = await visit('/products');
	const cart = await visit('/cart');

	expect(products.json()).toHaveLength(2);
	expect(cart.json()).toEqual({ lines: [], totalCents: 0 });
	expect(cookies).toEqual({});
});

test('the cart is remembered from one request to the next', async () => {
	const { visit, cookies } = visitor();

	const added = await visit('/cart/lines', { sku: 'tea', quantity: '2' });
	await visit('/cart/lines', { sku: 'jam', quantity: '1' });
	const cart = await visit('/cart');

	expect(added.statusCode).toBe(303);
	expect(Object.keys(cookies)).toEqual(['corner_shop']);
	expect(cart.json().totalCents).toBe(1290);
});

test('two visitors have two carts', async () => {
	const [one, two] = [visitor(), visitor()];

	await one.visit('/cart/lines', { sku: 'tea', quantity: '2' });
	await two.visit('/cart/lines', { sku: 'jam', quantity: '3' });

	expect((await one.visit('/cart')).json().lines).toMatchObject([{ sku: 'tea' }]);
	expect((await two.visit('/cart')).json().lines).toMatchObject([{ sku: 'jam' }]);
});

test('a quantity of 0 takes the line out', async () => {
	const { visit } = visitor();

	await visit('/cart/lines', { sku: 'tea', quantity: '2' });
	await visit('/cart/lines', { sku: 'tea', quantity: '0' });

	expect((await visit('/cart')).json().lines).toEqual([]);
});

test.each(['-1', '100', '1.5', 'many'])(
	'a quantity of %s is refused',
	async (quantity) => {
		const { visit } = visitor();

		expect((await visit('/cart/lines', { sku: 'tea', quantity })).statusCode).toBe(422);
	},
);

test('an order ends the cart', async () => {
	const { visit } = visitor();
	await visit('/cart/lines', { sku: 'tea', quantity: '2' });

	const order = await visit('/cart/checkout', { email: 'mo@example.com', name: 'Mo' });

	expect(order.statusCode).toBe(201);
	expect((await visit('/cart')).json().lines).toEqual([]);
	expect(
		await prisma.order.findMany({ include: { user: true, lines: true } }),
	).toMatchObject([
		{ user: { displayName: 'Mo' }, lines: [{ sku: 'tea', quantity: 2 }] },
	]);
});

test('a second order belongs to the same person', async () => {
	for (const sku of ['tea', 'jam']) {
		const { visit } = visitor();
		await visit('/cart/lines', { sku, quantity: '1' });
		await visit('/cart/checkout', { email: 'mo@example.com' });
	}

	expect(await prisma.user.count()).toBe(1);
	expect(await prisma.order.count()).toBe(2);
});

test('a cookie that we did not sign is a new visitor', async () => {
	const { visit } = visitor();
	await visit('/cart/lines', { sku: 'tea', quantity: '2' });

	const forged = visitor();
	forged.cookies.corner_shop = 'made-up.signature';

	expect((await forged.visit('/cart')).json().lines).toEqual([]);
});

import type { FastifyInstance } from 'fastify';
import { prisma } from '../lib/prisma';

type Line = { sku: string; quantity: string | number };
type Customer = { email: string; name?: string };

export default async function cartRoutes(server: FastifyInstance) {
	server.get('/', async ({ session }) => {
		const quantities = session.cart ?? {};
		const products = await prisma.product.findMany({
			where: { sku: { in: Object.keys(quantities) } },
			orderBy: { title: 'asc' },
		});

		const lines = products.map((product) => ({
			...product,
			quantity: quantities[product.sku] ?? 0,
		}));
		const totalCents = lines.reduce((sum, l) => sum + l.quantity * l.priceCents, 0);

		return { lines, totalCents };
	});

	// A plain form on the product page; a quantity of 0 takes it out again.
	server.post<{ Body: Line }>('/lines', async (request, reply) => {
		const { sku } = request.body;
		const quantity = Number(request.body.quantity);

		if (!Number.isInteger(quantity) || quantity < 0 || quantity > 99) {
			return reply.code(422).send({ message: 'A quantity is a number from 0 to 99' });
		}
		if (!(await prisma.product.findUnique({ where: { sku } }))) {
			return reply.code(404).send({ message: 'We do not sell that' });
		}

		const { [sku]: _, ...others } = request.session.cart ?? {};
		request.session.cart = quantity === 0 ? others : { ...others, [sku]: quantity };

		return reply.redirect('/cart', 303);
	});

	server.post<{ Body: Customer }>('/checkout', async (request, reply) => {
		const { email, name } = request.body;
		const lines = Object.entries(request.session.cart ?? {});

		if (lines.length === 0) {
			return reply.code(409).send({ message: 'The cart is empty' });
		}
		if (!email?.includes('@')) {
			return reply.code(422).send({ message: 'We need an email address' });
		}

		const order = await prisma.order.create({
			data: {
				user: {
					connectOrCreate: {
						where: { mail: email },
						create: { mail: email, displayName: name },
					},
				},
				lines: { create: lines.map(([sku, quantity]) => ({ sku, quantity })) },
			},
		});

		await request.session.destroy();
		return reply.code(201).send({ order: order.id });
	});
}

import fastify from 'fastify';
import type { InvoiceStatus } from '@prisma/client';
import { prisma } from './db.js';

const app = fastify({
    logger: { level: process.env['LOG_LEVEL'] ?? 'info' }
});

app.addHook('onClose', async () => {
    await prisma.$disconnect();
});

app.get('/health', async () => {
    await prisma.$queryRaw`SELECT 1`;
    return { status: 'ok' };
});

// ---- customers ----

app.get('/customers', () => prisma.customer.findMany({ orderBy: { name: 'asc' } }));

app.post<{ Body: { name: string; vatNumber?: string } }>(
    '/customers',
    {
        schema: {
            body: {
                type: 'object',
                required: ['name'],
                properties: {
                    name: { type: 'string', minLength: 1 },
                    vatNumber: { type: 'string', maxLength: 14 }
                }
            }
        }
    },
    async (req, res) => {
        const { name, vatNumber = null } = req.body;
        const customer = await prisma.customer.create({ data: { name, vatNumber } });
        res.code(201);
        return customer;
    }
);

// ---- invoices ----

app.get<{ Querystring: { status?: InvoiceStatus } }>(
    '/invoices',
    {
        schema: {
            querystring: {
                type: 'object',
                properties: { status: { enum: ['DRAFT', 'SENT', 'PAID'] } }
            }
        }
    },
    (req) =>
        prisma.invoice.findMany({
            where: req.query.status ? { status: req.query.status } : {},
            include: { customer: { select: { name: true } } },
            orderBy: { number: 'asc' }
        })
);

app.post<{ Params: { id: string }; Body: { totalCents: number; dueOn: string } }>(
    '/customers/:id/invoices',
    {
        schema: {
            body: {
                type: 'object',
                required: ['totalCents', 'dueOn'],
                properties: {
                    totalCents: { type: 'integer', minimum: 1 },
                    dueOn: { type: 'string', format: 'date' }
                }
            }
        }
    },
    async (req, res) => {
        const customer = await prisma.customer.findUnique({ where: { id: req.params.id } });
        if (!customer) {
            res.code(404);
            return { message: 'Unknown customer' };
        }

        const { totalCents, dueOn } = req.body;
        const invoice = await prisma.invoice.create({
            data: { customerId: customer.id, totalCents, dueOn: new Date(dueOn) }
        });
        res.code(201);
        return invoice;
    }
);

app.post<{ Params: { number: number } }>(
    '/invoices/:number/pay',
    { schema: { params: { type: 'object', properties: { number: { type: 'integer' } } } } },
    async (req, res) => {
        const { number } = req.params;
        const { count } = await prisma.invoice.updateMany({
            where: { number, status: { not: 'PAID' } },
            data: { status: 'PAID', paidAt: new Date() }
        });
        if (count === 0) {
            res.code(409);
            return { message: 'There is no such unpaid invoice' };
        }
        return prisma.invoice.findUnique({ where: { number } });
    }
);

process.once('SIGTERM', () => {
    app.close().catch((err) => {
        app.log.error(err);
        process.exitCode = 1;
    });
});

await app.listen({
    host: process.env['HOST'] ?? '127.0.0.1',
    port: Number(process.env['PORT'] ?? 8080)
});

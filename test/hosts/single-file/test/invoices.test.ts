import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prisma } from '../src/db.js';
import { start } from './start.js';

let server: Awaited<ReturnType<typeof start>>;

beforeAll(async () => {
    server = await start();
});

afterAll(async () => {
    await server?.stop();
    await prisma.$disconnect();
});

beforeEach(async () => {
    await prisma.invoice.deleteMany();
    await prisma.customer.deleteMany();
});

async function post(path: string, body?: object) {
    const response = await fetch(server.origin + path, {
        method: 'POST',
        ...(body && {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body)
        })
    });
    const answer = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body: answer };
}

async function get(path: string) {
    const response = await fetch(server.origin + path);
    return response.json();
}

describe('customers', () => {
    it('are listed by name', async () => {
        await post('/customers', { name: 'Zimmer & Co' });
        await post('/customers', { name: 'Albers', vatNumber: 'DE811907980' });

        const customers = await get('/customers');

        expect(customers).toMatchObject([{ name: 'Albers' }, { name: 'Zimmer & Co' }]);
    });

    it('need a name', async () => {
        const { status } = await post('/customers', { vatNumber: 'DE811907980' });

        expect(status).toBe(400);
    });
});

describe('invoices', () => {
    async function invoice() {
        const customer = await post('/customers', { name: 'Albers' });
        return post(`/customers/${customer.body['id']}/invoices`, {
            totalCents: 129900,
            dueOn: '2026-09-30'
        });
    }

    it('start as a draft', async () => {
        const { status, body } = await invoice();

        expect(status).toBe(201);
        expect(body).toMatchObject({ status: 'DRAFT', totalCents: 129900, paidAt: null });
    });

    it('belong to somebody', async () => {
        const { status } = await post('/customers/nobody/invoices', {
            totalCents: 1,
            dueOn: '2026-09-30'
        });

        expect(status).toBe(404);
    });

    it('are paid once', async () => {
        const number = Number((await invoice()).body['number']);

        const first = await post(`/invoices/${number}/pay`);
        const second = await post(`/invoices/${number}/pay`);

        expect(first.body['status']).toBe('PAID');
        expect(second.status).toBe(409);
    });

    it('are filtered by status', async () => {
        const number = Number((await invoice()).body['number']);
        await invoice();
        await post(`/invoices/${number}/pay`);

        const paid = await get('/invoices?status=PAID');

        expect(paid).toMatchObject([{ number, customer: { name: 'Albers' } }]);
    });
});

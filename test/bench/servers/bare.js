// What any Fastify app pays for a request: one route that answers JSON.

import Fastify from 'fastify'
import { serve } from './measured.js'

const app = Fastify({ logger: { level: process.env.LOG_LEVEL }, trustProxy: 'loopback' })

app.get('/me', async () => ({ id: '0', email: 'somebody@example.com' }))

await serve(app)

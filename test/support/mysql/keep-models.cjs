// A generator for Prisma: it keeps what Prisma read in a schema, in the file that MODELS_FILE names.
'use strict'

const { writeFileSync } = require('node:fs')
const { createInterface } = require('node:readline')

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line)
  if (method === 'generate') writeFileSync(process.env.MODELS_FILE, JSON.stringify(params.dmmf))
  const result = method === 'getManifest' ? { manifest: { prettyName: 'Models' } } : null
  process.stderr.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`)
})

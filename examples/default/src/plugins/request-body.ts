import type { FastifyBodyParser, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../accounts/messages.js'
import { refuse } from './answer.js'

/** Reads JSON. A client that sends nothing may still call it that. */
export function jsonParser(app: FastifyInstance): FastifyBodyParser<string> {
  const parse = app.getDefaultJsonParser('error', 'error')

  return (request, text, done) => (text === '' ? done(null) : parse(request, text, done))
}

/** Nothing sent is an empty form: the schemas say what is needed. */
export async function readNothingAsEmpty(request: FastifyRequest) {
  if (request.body === undefined) request.body = {}
}

/** A NUL byte ends a string for some of the code below us, and goes on for the rest. */
export async function refuseNulBytes(request: FastifyRequest, reply: FastifyReply) {
  const fields = Object.entries(request.body ?? {}).filter(([, value]) => hasNulByte(value))
  if (fields.length === 0) return

  const errors = Object.fromEntries(fields.map(([field]) => [field, [messages.fieldInvalid]]))

  return refuse(request, reply, 422, messages.invalidFields, errors)
}

/** A field of a body that was not validated yet. */
export function readField(body: unknown, name: string): unknown {
  return new Map(Object.entries(body ?? {})).get(name)
}

// Only text is looked at. To make text of anything else is to trust it: `{ toString: 1 }` and
// ten thousand nested lists both throw.
function hasNulByte(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0')
}

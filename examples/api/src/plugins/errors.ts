import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { messages } from '../accounts/messages.js'
import type { FieldErrors } from '../accounts/user-fields.js'
import { LogInRefused } from '../routes/users/log-in-guards.js'
import { refuse } from './answer.js'
import { describeError } from './log-serializers.js'
import { readField } from './request-body.js'

const MESSAGES: Record<number, string> = {
  403: messages.formExpired,
  404: messages.notFound,
  413: messages.tooLarge,
  415: messages.unsupportedMediaType,
  429: messages.tooManyRequests,
  503: messages.unavailable,
}

// Prisma's codes for a database that cannot be reached, is too slow, has no connection left, or
// ended one of two transactions that waited for each other.
const DATABASE_IS_AWAY = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'P2037',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
])

// What raw SQL and the drivers under Prisma say in words alone.
const WORDS_FOR_AWAY = [
  "can't reach database",
  'closed the connection',
  'connection terminated',
  'database is locked',
  'read timeout',
  'terminating connection',
  'timeout exceeded',
  'too many clients',
]

/**
 * Answers every error in this scope. What went wrong is for the log; the answer never shows a
 * stack, a statement or a value.
 */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error.validation) return answerInvalidFields(error, request, reply)

    const statusCode = statusOf(error)
    if (statusCode >= 500) request.log.error({ error: describeError(error) }, 'request failed')

    return refuse(request, reply, statusCode, messageFor(error, statusCode))
  })
}

function answerInvalidFields(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  return refuse(request, reply, 422, messages.invalidFields, fieldErrorsOf(error, request))
}

function fieldErrorsOf({ validation = [] }: FastifyError, { body }: FastifyRequest): FieldErrors {
  const fields = validation.flatMap(fieldsIn).filter((field) => field !== '')

  return Object.fromEntries(fields.map((field) => [field, [wrongWith(readField(body, field))]]))
}

type Finding = NonNullable<FastifyError['validation']>[number]

// TypeBox names missing fields together, and before version 1 each at its own path.
function fieldsIn({ instancePath, params }: Finding): string[] {
  const missing = params?.requiredProperties

  return Array.isArray(missing) ? missing.map(String) : [instancePath.split('/')[1] ?? '']
}

function wrongWith(value: unknown): string {
  return value === undefined ? messages.fieldRequired : messages.fieldInvalid
}

function statusOf(error: FastifyError): number {
  const { statusCode } = error
  if (statusCode !== undefined && statusCode >= 400) return statusCode

  return isDatabaseAway(error) ? 503 : 500
}

function isDatabaseAway({ code, name, message }: FastifyError): boolean {
  if (DATABASE_IS_AWAY.has(code) || name === 'PrismaClientInitializationError') return true

  return WORDS_FOR_AWAY.some((words) => message.toLowerCase().includes(words))
}

function messageFor(error: FastifyError, statusCode: number): string {
  if (error.name === 'InsecureConnection') return messages.insecureConnection
  if (error instanceof LogInRefused) return error.message

  return MESSAGES[statusCode] ?? (statusCode < 500 ? messages.badRequest : messages.unexpected)
}

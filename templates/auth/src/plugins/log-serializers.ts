import type { FastifyInstance, FastifyRequest } from 'fastify'

// Logs are read by more people than the database is, and kept for longer. What would let a
// reader in, a token in a path or a value in a query, is not written.

// A token is 43 characters of base64url, each of which may have been escaped on the way. Ids are
// shorter.
const SECRET_SEGMENT = /(?:[A-Za-z0-9_-]|%[0-9A-Fa-f]{2}){40,}/g

export const logSerializers = {
  req(request: FastifyRequest) {
    return {
      method: request.method,
      url: hideSecrets(request.url),
      host: request.headers.host ?? '',
      remoteAddress: request.ip,
    }
  },
}

/** Hides them for the routes of this scope, whatever serializers the app has. */
export function hideSecretsInLogs(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    Object.assign(route, { logSerializers })
  })
}

export function hideSecrets(url: string): string {
  const [path = '', query] = url.split('?', 2)

  return `${path.replace(SECRET_SEGMENT, '[hidden]')}${query === undefined ? '' : '?[hidden]'}`
}

type ErrorForLog = {
  type: string
  code: unknown
  message: string
  stack: string
  cause?: ErrorForLog
}

/** An error for the log. A database error quotes the values it failed on, so its text stays out. */
export function describeError(error: Error & { code?: unknown; cause?: unknown }): ErrorForLog {
  const isFromDatabase = error.name.startsWith('Prisma') || error.name === 'DriverAdapterError'
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))

  return {
    type: error.name,
    code: error.code,
    message: isFromDatabase ? '[hidden]' : hideSecrets(error.message),
    stack: frames.join('\n'),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify'

// What the next pages need to know: a message to show once, where to go after the log-in, and
// that this browser chose the password of an account which waits to be confirmed. It travels
// in a signed cookie, so that a visitor who is not logged in leaves no row in the database.

type Flash = {
  info?: string
  error?: string
  returnTo?: string
  registration?: string
}

declare module 'fastify' {
  interface FastifyRequest {
    userFlash: Flash | null
  }
}

/** Keeps a value for the requests to come. */
export function putFlash<Key extends keyof Flash>(
  request: FastifyRequest,
  reply: FastifyReply,
  key: Key,
  value: Flash[Key],
): void {
  write(request, reply, { ...read(request), [key]: value })
}

/** The value that was kept; from now on it is not. */
export function takeFlash<Key extends keyof Flash>(
  request: FastifyRequest,
  reply: FastifyReply,
  key: Key,
): Flash[Key] {
  const { [key]: value, ...rest } = read(request)
  if (value !== undefined) write(request, reply, rest)

  return value
}

/** The value that was kept, which stays. */
export function readFlash<Key extends keyof Flash>(request: FastifyRequest, key: Key): Flash[Key] {
  return read(request)[key]
}

function read(request: FastifyRequest): Flash {
  request.userFlash ??= parse(request)

  return request.userFlash
}

function parse(request: FastifyRequest): Flash {
  const { name, signer } = request.server.userAuth.cookies.flash
  const cookie = request.cookies[name]
  const { valid, value } = cookie ? signer.unsign(cookie) : { valid: false, value: null }
  if (!valid || !value) return {}

  return JSON.parse(Buffer.from(value, 'base64url').toString()) as Flash
}

function write(request: FastifyRequest, reply: FastifyReply, flash: Flash): void {
  const { flash: cookie, options } = request.server.userAuth.cookies
  request.userFlash = flash

  if (Object.values(flash).every((value) => value === undefined)) {
    reply.clearCookie(cookie.name, options)
    return
  }

  const value = Buffer.from(JSON.stringify(flash)).toString('base64url')
  reply.setCookie(cookie.name, cookie.signer.sign(value), options)
}

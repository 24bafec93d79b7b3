// Somebody who talks to a running app in JSON, from an address and with cookies of their own.

import { randomInt } from 'node:crypto'

export type Answer = { status: number; body: unknown }

export class HttpVisitor {
  readonly #cookies = new Map<string, string>()
  #address = Array.from({ length: 4 }, () => randomInt(1, 255)).join('.')
  #csrfToken = ''

  /** The prefix is that of the auth routes. */
  constructor(
    readonly origin: string,
    readonly prefix = '/users',
  ) {}

  /** The same browser, as another process of the app sees it. */
  at(origin: string): HttpVisitor {
    const visitor = new HttpVisitor(origin, this.prefix)
    for (const [name, value] of this.#cookies) visitor.#cookies.set(name, value)
    visitor.#csrfToken = this.#csrfToken
    visitor.#address = this.#address

    return visitor
  }

  /** Asks who is logged in, and gets the token for the next request that changes something. */
  async session(): Promise<{ user: { email: string } | null }> {
    const { body } = await this.get(`${this.prefix}/session`)
    const session = body as { user: { email: string } | null; csrfToken: string }
    this.#csrfToken = session.csrfToken

    return session
  }

  get(path: string): Promise<Answer> {
    return this.#request('GET', path)
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return this.#request('POST', path, JSON.stringify(body))
  }

  send(method: string, path: string, body: object): Promise<Answer> {
    return method === 'GET' ? this.get(path) : this.#request(method, path, JSON.stringify(body))
  }

  async #request(method: string, path: string, body?: string): Promise<Answer> {
    const response = await fetch(this.origin + path, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; '),
        'x-forwarded-for': this.#address,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'x-csrf-token': this.#csrfToken }),
      },
      ...(body === undefined ? {} : { body }),
    })
    this.#keepCookies(response)
    const text = await response.text()

    const isJson = response.headers.get('content-type')?.includes('json') ?? false

    return { status: response.status, body: isJson ? JSON.parse(text) : text || null }
  }

  #keepCookies(response: Response) {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') this.#cookies.delete(name)
      if (value !== '') this.#cookies.set(name, value)
    }
  }
}

import type { FastifyInstance } from 'fastify'

export type Answer = { status: number; body: unknown }

/** A browser that talks JSON to an app in this process. Its cookies are there to be copied. */
export class Visitor {
  readonly cookies = new Map<string, string>()

  constructor(private readonly app: FastifyInstance) {}

  with(name: string, value: string): Visitor {
    this.cookies.set(name, value)

    return this
  }

  get(url: string): Promise<Answer> {
    return this.#request('GET', url)
  }

  /** Asks for the token against forgery first, as a script of a page does. */
  async send(method: 'POST' | 'DELETE', url: string, body: object = {}): Promise<Answer> {
    const { csrfToken } = (await this.get('/users/session')).body as { csrfToken: string }

    return this.#request(method, url, { 'x-csrf-token': csrfToken }, body)
  }

  async #request(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    headers: Record<string, string> = {},
    payload?: object,
  ): Promise<Answer> {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    const response = await this.app.inject({
      method,
      url,
      headers: { accept: 'application/json', cookie: pairs.join('; '), ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value, maxAge, expires } of response.cookies) {
      const isRemoved = maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now())
      if (isRemoved) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }

    return {
      status: response.statusCode,
      body: response.body === '' ? null : JSON.parse(response.body),
    }
  }
}

import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'

export type Response = LightMyRequestResponse

type Cookie = { value: string; outlivesBrowser: boolean }

/** A browser as far as the log-in sees it: it keeps cookies, and sends forms from pages. */
export class Browser {
  /** By name. Change them to be an attacker. */
  readonly cookies = new Map<string, Cookie>()
  private readonly app: FastifyInstance
  //% if (features.html) {
  private page = ''
  //% }

  constructor(app: FastifyInstance) {
    this.app = app
  }

  /** Sends a request just as it is, with the cookies of this browser. */
  async request(options: InjectOptions): Promise<Response> {
    const { config } = this.app.userAuth
    const response = await this.app.inject({
      ...options,
      headers: {
        ...(this.cookies.size > 0 ? { cookie: this.cookieHeader() } : {}),
        ...(config.production ? { 'x-forwarded-proto': 'https' } : {}),
        ...options.headers,
      },
    })

    this.keepCookies(response)

    return response
  }

  async getJson(url: string): Promise<Response> {
    return this.request({ method: 'GET', url, headers: { accept: 'application/json' } })
  }

  /** Sends JSON, with the token that the app wants for it. */
  async sendJson(method: 'POST' | 'DELETE', url: string, payload: object = {}): Promise<Response> {
    const { csrfToken } = await this.session()
    const headers = { accept: 'application/json', 'x-csrf-token': csrfToken }

    return this.request({ method, url, headers, payload })
  }

  async session() {
    const response = await this.getJson('/users/session')

    return response.json<{
      user: { id: unknown; email: string } | null
      loginState: string
      csrfToken: string
    }>()
  }

  /** The email of whoever is logged in here, or null. */
  async whoIsLoggedIn(): Promise<string | null> {
    const { user } = await this.session()

    return user?.email ?? null
  }
  //% if (features.html) {

  /** Opens a page, and shows it until another is opened. */
  async visit(url: string): Promise<Response> {
    const response = await this.request({ method: 'GET', url, headers: { accept: 'text/html' } })
    this.page = response.body

    return response
  }

  /** Fills in the form on this page that goes to `action`, and sends it. */
  async submit(action: string, fields: Record<string, string> = {}): Promise<Response> {
    const form = this.page.split('<form ').find((html) => html.includes(`action="${action}"`))
    if (form === undefined) throw new Error(`There is no form to ${action} on this page`)

    const inputs = form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)
    const hidden = [...inputs].map(([, name = '', value = '']) => [name, value])
    const response = await this.request({
      method: 'POST',
      url: action,
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...Object.fromEntries(hidden), ...fields }).toString(),
    })
    this.page = response.body

    return response
  }

  /** Goes where an answer leads. */
  async follow(response: Response): Promise<Response> {
    return this.visit(String(response.headers.location))
  }
  //% }

  /** Another browser with the same cookies: what somebody has who stole them. */
  copy(): Browser {
    const copy = new Browser(this.app)
    for (const [name, cookie] of this.cookies) copy.cookies.set(name, cookie)

    return copy
  }

  /** Is closed and opened again, which only cookies with a lifetime survive. */
  restart(): void {
    for (const [name, { outlivesBrowser }] of this.cookies) {
      if (!outlivesBrowser) this.cookies.delete(name)
    }
  }

  private cookieHeader(): string {
    return [...this.cookies]
      .map(([name, { value }]) => `${name}=${encodeURIComponent(value)}`)
      .join('; ')
  }

  private keepCookies({ cookies }: Response): void {
    for (const { name, value, maxAge, expires } of cookies) {
      const isRemoved = maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now())
      if (isRemoved) this.cookies.delete(name)
      else this.cookies.set(name, { value, outlivesBrowser: maxAge !== undefined })
    }
  }
}

// Somebody with a browser, as far as logging in needs one: JSON, cookies, and the token against
// forged requests. It arrives over https, through a proxy on this machine.

const EMAIL = 'somebody@example.com'
const PASSWORD = 'correct horse battery staple'

export class Visitor {
  #cookies = new Map()

  /** @param {string} origin */
  constructor(origin) {
    this.origin = origin
  }

  /** What a request needs to be this visitor's. */
  get headers() {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ')

    return { accept: 'application/json', 'x-forwarded-proto': 'https', ...(cookie && { cookie }) }
  }

  async get(path) {
    return this.#request(path, { headers: this.headers })
  }

  async post(path, body, headers = {}) {
    return this.#request(path, {
      method: 'POST',
      headers: { ...this.headers, ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  async #request(path, options) {
    const response = await fetch(new URL(path, this.origin), options)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)

    return JSON.parse(text)
  }

  #keep(cookie) {
    const [pair = '', ...attributes] = cookie.split('; ')
    const [name = '', value = ''] = pair.split('=', 2)
    if (value === '' || attributes.includes('Max-Age=0')) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}

/** Registers, and confirms with the link from the mail; needs the mailbox of development. */
export async function register(visitor) {
  await send(visitor, '/users/register', { email: EMAIL, password: PASSWORD })
  const [{ text }] = await visitor.get('/dev/mailbox')
  const [path] = /\/users\/confirm\/[\w-]+/.exec(text) ?? []
  await send(visitor, path, {})
}

export async function logIn(visitor) {
  await send(visitor, '/users/log-in', { email: EMAIL, password: PASSWORD })
  // The cookie of the form tokens comes with the first token; a browser has it from then on.
  const { user } = await visitor.get('/users/session')
  if (user?.email !== EMAIL) throw new Error('The generated app did not log the visitor in')
}

/** Logs in to the hand-written app, which knows no passwords. */
export async function logInByHand(visitor) {
  await visitor.post('/log-in', { email: EMAIL })
  const { email } = await visitor.get('/me')
  if (email !== EMAIL) throw new Error('The hand-written app did not log the visitor in')
}

async function send(visitor, path, body) {
  const { csrfToken } = await visitor.get('/users/session')

  return visitor.post(path, body, { 'x-csrf-token': csrfToken })
}

// Somebody registers, reads the mail, confirms, logs in again and opens the settings.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Answer, HttpVisitor } from '../support/http-visitor.js'
import { fillForm } from './form.js'

const PASSWORD = 'marmalade violin 1848 lantern'

/** Null when all of it went well, otherwise the first answer that was not the one expected. */
export async function logInThrough(origin: string, appFolder: string): Promise<string | null> {
  const prefix = readPrefix(appFolder)
  const email = `ada-${Date.now()}@example.com`
  const visitor = new HttpVisitor(origin, prefix)
  const sent = await register(visitor, email)
  if (sent.status !== 202) return describe('register', sent)

  const path = await confirmationPath(visitor, email)
  if (path === null) return 'no mail with a link came to /dev/mailbox'
  await visitor.session()
  const confirmed = await visitor.post(path)
  if (confirmed.status !== 200) return describe('confirm', confirmed)

  const other = new HttpVisitor(origin, prefix)
  await other.session()
  const wrong = await other.post(`${prefix}/log-in`, { email, password: `${PASSWORD}!` })
  if (wrong.status !== 401) return describe('log in with a wrong password', wrong)
  await other.session()
  const loggedIn = await other.post(`${prefix}/log-in`, { email, password: PASSWORD })
  if (loggedIn.status !== 200) return describe('log in', loggedIn)
  const session = await other.get(`${prefix}/session`)
  if (!isOf(session, email)) return describe('the session', session)
  const settings = await other.get(`${prefix}/settings`)

  return settings.status === 200 ? null : describe('settings', settings)
}

function readPrefix(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, '.create-auth/manifest.json'), 'utf8'))

  return manifest.prefix ?? '/users'
}

/** An app may ask for more than an email and a password: what is missing is filled in. */
async function register(visitor: HttpVisitor, email: string): Promise<Answer> {
  const { prefix } = visitor
  await visitor.session()
  const answer = await visitor.post(`${prefix}/register`, { email, password: PASSWORD })
  const { errors = {} } = (answer.body ?? {}) as { errors?: Record<string, string[]> }
  if (answer.status !== 422 || 'email' in errors || 'password' in errors) return answer
  const page = await fetch(`${visitor.origin}${prefix}/register`, {
    headers: { accept: 'text/html' },
  })
  const more = fillForm(await page.text(), Object.keys(errors))
  await visitor.session()

  return visitor.post(`${prefix}/register`, { email, password: PASSWORD, ...more })
}

/** Whoever is logged in goes by the app's noun: `user`, `account`. */
function isOf({ body }: Answer, email: string): boolean {
  return Object.values(body ?? {}).some((value) => value?.email === email)
}

type Mail = { to: string | { address: string }; text: string }

/** Mails go out after the answer. */
async function confirmationPath(visitor: HttpVisitor, email: string): Promise<string | null> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { status, body } = await visitor.get('/dev/mailbox')
    const mails = status === 200 ? (body as Mail[]) : []
    const mail = mails.find(({ to }) => JSON.stringify(to).includes(email))
    const [link] = mail?.text.match(/https?:\S+/) ?? []
    if (link !== undefined) return new URL(link).pathname
    await new Promise((done) => setTimeout(done, 100))
  }

  return null
}

function describe(what: string, { status, body }: Answer): string {
  return `${what}: ${status} ${JSON.stringify(body).slice(0, 200)}`
}

// An app in two processes: what only goes wrong when requests really run side by side.

import { randomBytes } from 'node:crypto'

import { type AccountRows, PASSWORD, type Row } from './account-rows.js'
import { HttpVisitor } from './http-visitor.js'
import { type RunningServer, startServer } from './running-server.js'

const SETTINGS = {
  TRUST_PROXY: 'true',
  NODE_ENV: 'development',
  SESSION_SECRET: randomBytes(32).toString('hex'),
}

export type Mail = { to: string; subject: string; text: string }

export class TwoProcesses {
  private constructor(
    private readonly servers: readonly RunningServer[],
    readonly rows: AccountRows,
  ) {}

  /** Starts an app twice. */
  static async of(folder: string, DATABASE_URL: string, rows: AccountRows): Promise<TwoProcesses> {
    const settings = { DATABASE_URL, ...SETTINGS }
    // Without the package for it, limits are counted in the database in that process as well.
    const withRedis = { ...settings, REDIS_URL: 'redis://127.0.0.1:1' }
    const servers = [startServer(folder, settings), startServer(folder, withRedis)]

    return new TwoProcesses(await Promise.all(servers), rows)
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map(({ stop }) => stop()))
    await this.rows.db.end()
  }

  /** Browsers that are ready to send forms, half of them to each process. */
  async visitors(number: number): Promise<HttpVisitor[]> {
    const visitors = Array.from({ length: number }, (_, index) => this.visitor(index))
    await Promise.all(visitors.map((visitor) => visitor.session()))

    return visitors
  }

  async loggedIn({ email }: Row): Promise<HttpVisitor> {
    const visitor = this.visitor(0)
    await visitor.session()
    const { status } = await visitor.post('/users/log-in', { email, password: PASSWORD })
    if (status !== 200) throw new Error(`The log-in was answered with ${status}`)
    await visitor.session()

    return visitor
  }

  /** The same browser, as often as that, half of it with each process. */
  async copies(visitor: HttpVisitor, number: number): Promise<HttpVisitor[]> {
    const copies = Array.from({ length: number }, (_, index) => visitor.at(this.originOf(index)))
    await Promise.all(copies.map((copy) => copy.session()))

    return copies
  }

  /** Whether a password is the one of now. */
  async canLogIn({ email }: Row, password: string): Promise<boolean> {
    const [visitor] = await this.visitors(1)
    const answer = await visitor?.post('/users/log-in', { email, password })

    return answer?.status === 200
  }

  async subjectsOfMailsTo({ email }: Row): Promise<string[]> {
    return (await this.mailsTo(email)).map(({ subject }) => subject)
  }

  /** Each process has a mailbox of its own while developing. */
  async mailsTo(email: string): Promise<Mail[]> {
    const boxes = this.servers.map(({ origin }) => new HttpVisitor(origin).get('/dev/mailbox'))
    const mails = (await Promise.all(boxes)).flatMap(({ body }) => body as Mail[])

    return mails.filter(({ to }) => to === email)
  }

  private visitor(index: number): HttpVisitor {
    return new HttpVisitor(this.originOf(index))
  }

  private originOf(index: number): string {
    return this.servers[index % this.servers.length]?.origin ?? ''
  }
}

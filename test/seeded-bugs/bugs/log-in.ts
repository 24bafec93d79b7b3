import type { SeededBug } from '../seeded-bug.js'

/** Who has an account, how often one may guess, and what a form may hold. */
export const LOG_IN_BUGS: SeededBug[] = [
  {
    name: 'a reset for an unknown email is refused',
    reference: 'LOG-01, LOG-03, ASVS 6.3.8 (Devise without paranoid mode)',
    attacker: 'finds out who has an account here',
    file: 'src/routes/users/reset-password-controller.ts',
    before:
      '      await inSameTime(async () => {\n        const user = await accounts.getUserByEmail',
    after: `      if ((await accounts.getUserByEmail(db, request.body.email)) === null) {
        return refuse(request, reply, 422, 'Email not found')
      }
      await inSameTime(async () => {
        const user = await accounts.getUserByEmail`,
    tests: ['routes/users/reset-password-controller'],
  },
  {
    name: 'no password is hashed for an unknown email',
    reference: 'LOG-02, CVE-2024-39329 (Django), allauth 65.3',
    attacker: 'measures who has an account here',
    file: 'src/accounts/password.ts',
    before: '  const text = normalizePassword(password)\n  const valid =',
    after:
      '  if (!usable) return false\n  const text = normalizePassword(password)\n  const valid =',
    tests: ['accounts/password', 'accounts/log-in'],
  },
  {
    name: 'the answer is ready sooner when there is no account',
    reference: 'LOG-03, CVE-2025-13473 (Django)',
    attacker: 'measures who has an account here',
    file: 'src/routes/users/same-time.ts',
    before: 'if (found === null) await setTimeout(',
    after: 'if (found !== null) await setTimeout(',
    tests: ['routes/users/same-time'],
  },
  {
    name: 'a header says who is counted',
    reference: 'LOG-04, GHSA-p6v2',
    attacker: 'guesses without a limit, with another X-Forwarded-For each time',
    file: 'src/plugins/limits.ts',
    before: 'function addressOf({ ip }: FastifyRequest): string {\n  return networkOf(ip)',
    after: `function addressOf({ ip, headers }: FastifyRequest): string {
  return networkOf(String(headers['x-forwarded-for'] ?? ip))`,
    tests: ['plugins/limits'],
  },
  {
    name: 'each IPv6 address counts on its own',
    reference: 'LOG-04, GHSA-x732',
    attacker: 'guesses without a limit, from the 2^64 addresses of one connection',
    file: 'src/plugins/ip-address.ts',
    before: 'const GROUPS_OF_A_NETWORK = 4',
    after: 'const GROUPS_OF_A_NETWORK = 8',
    tests: ['plugins/ip-address'],
  },
  {
    name: 'a limit is read, and written afterwards',
    reference: 'LOG-05, F1, CVE-2019-5421 (Devise), CWE-367',
    attacker: 'guesses as often as they can send at the same moment',
    file: 'src/plugins/rate-limits.ts',
    before: `    const { count } = await this.db.userRateLimit.updateMany({
      where: { id, count: { lt: max }, endsAt: { gt: new Date() } },
      data: { count: { increment: 1 } },
    })

    return count === 1`,
    after: `    const row = await this.db.userRateLimit.findUnique({ where: { id } })
    if (row === null || row.count >= max || row.endsAt <= new Date()) return false
    await this.db.userRateLimit.update({ where: { id }, data: { count: row.count + 1 } })

    return true`,
    tests: ['plugins/rate-limits', 'plugins/limits'],
  },
  {
    name: 'each spelling of an email has a limit of its own',
    reference: 'LOG-06, allauth 0.44',
    attacker: 'guesses without a limit: a@x.org, A@x.org, " a@x.org"',
    file: 'src/plugins/limits.ts',
    before: 'normalizeEmail(email).slice(0, 254)',
    after: 'email.slice(0, 254)',
    tests: ['plugins/limits'],
  },
  {
    name: 'one log-in that is right forgives all that were wrong',
    reference: 'LOG-06, allauth 65.8.1',
    attacker: 'logs in to an account of their own after every nine guesses',
    file: 'src/plugins/rate-limits.ts',
    before: 'data: { count: { decrement: 1 } }',
    after: 'data: { count: 0 }',
    tests: ['plugins/rate-limits', 'plugins/limits'],
  },
  {
    name: 'a field may be an object',
    reference: 'LOG-07, F3, CVE-2013-0233 (Devise)',
    attacker: 'sends { "contains": "" } for an email, and is whoever is found first',
    file: 'src/routes/users/user-schemas.ts',
    before: 'export const Text = Type.String()',
    after: 'export const Text = Type.Any()',
    tests: ['routes/users/session-controller'],
  },
  {
    name: 'an empty password matches an account that has none',
    reference: 'LOG-10, F8, allauth 65.11.1',
    attacker: 'logs in to every account that was made with a link',
    file: 'src/accounts/password.ts',
    before: 'const usable = hash !== null && isAffordable(hash)',
    after: "if (!hash) return password === (hash ?? '')\n  const usable = isAffordable(hash)",
    tests: ['accounts/password', 'accounts/log-in'],
  },
]

import type { SeededBug } from '../seeded-bug.js'

/** Sessions, cookies and being remembered. */
export const SESSION_BUGS: SeededBug[] = [
  {
    name: 'the session keeps its id at log-in',
    reference: 'SES-01, CVE-2023-29019 (passport), ASVS 7.2.4',
    attacker: 'plants a session id in a browser, and is logged in with whoever logs in there',
    file: 'src/plugins/user-auth.ts',
    before: `  await renewSession(
    request,
    previous.user?.id === user.id ? keysOfTheUser(request) : SESSION_KEYS_TO_KEEP,
  )
`,
    after: '',
    tests: ['plugins/user-auth'],
  },
  {
    name: 'a remembered browser logs in under the session id it came with',
    reference: 'SES-02, CVE-2023-29019 (passport)',
    attacker: 'plants a session id in a browser that is remembered, and is logged in with it',
    file: 'src/plugins/user-auth.ts',
    before: `so the log-in gets a new one.
  await renewSession(request)
`,
    after: `so the log-in gets a new one.
`,
    tests: ['plugins/remember-me'],
  },
  {
    name: 'logging out leaves the token of the remember-me cookie',
    reference: 'REM-02, SES-03, CVE-2021-41268 (Symfony)',
    attacker: 'logs in with a copied cookie after its owner has logged out',
    file: 'src/plugins/user-auth.ts',
    before: `  if (userTokenId !== null) await accounts.deleteUserSessionToken(db, userTokenId)
  if (user !== null)`,
    after: '  if (user !== null)',
    tests: ['plugins/remember-me', 'plugins/user-auth'],
  },
  {
    name: 'every session is written back whole, ended or not',
    reference: 'SES-05, CVE-2025-46336 (rack-session)',
    attacker: 'keeps a slow request open, and its ended session is there again afterwards',
    file: 'src/plugins/session-store.ts',
    before: `      await this.db.userSession.updateMany({ where: { id }, data: { data } })
      return`,
    after: `      const { userTokenId } = loaded
      await this.db.userSession.upsert({
        where: { id },
        create: { id, data, userTokenId },
        update: { data },
      })
      return`,
    tests: ['plugins/under-way'],
  },
  {
    name: 'only the cookie knows how long a session may lie idle',
    reference: 'SES-07, CVE-2024-35220 (@fastify/session)',
    attacker: 'uses a cookie from an old backup or disk',
    file: 'src/plugins/session-store.ts',
    before: 'return tooOld || lastSeenAt.getTime() + SESSION_IDLE_FOR <= now',
    after: 'return tooOld',
    tests: ['plugins/session-store'],
  },
  {
    name: 'a session lives for as long as it is used',
    reference: 'SES-06, ASVS 7.3.2',
    attacker: 'keeps a stolen session for ever by asking for a page now and then',
    file: 'src/plugins/session-store.ts',
    before: 'return tooOld || lastSeenAt.getTime() + SESSION_IDLE_FOR <= now',
    after: 'return lastSeenAt.getTime() + SESSION_IDLE_FOR <= now',
    tests: ['plugins/user-auth', 'plugins/session-store'],
  },
  {
    name: 'an empty column of the database is compared with undefined',
    reference: 'SES-10, GHSA-2vg6, ASVS 7.4.2',
    attacker: 'goes on using an account after it was deactivated',
    file: 'src/accounts/user-state.ts',
    before: 'return user.deactivatedAt === null',
    after: 'return user.deactivatedAt !== undefined',
    tests: ['plugins/user-auth', 'accounts/log-in'],
  },
  {
    name: 'a session is ended by its id, whoever it belongs to',
    reference: 'SES-11, CVE-2020-5224 (Django user sessions)',
    attacker: 'logs other people out',
    file: 'src/routes/users/devices-controller.ts',
    before: '(await ownSessions(request)).find((device) => String(device.id) === id)',
    after: '(await db.userToken.findUnique({ where: { id } })) ?? undefined',
    tests: ['routes/users/devices-controller'],
  },
  {
    name: 'cookies are sent over http in production',
    reference: 'SES-12, ASVS 3.3.1',
    attacker: 'reads the session of whoever opens one http address on the same network',
    file: 'src/plugins/cookies.ts',
    before: 'secure: production,',
    after: 'secure: false,',
    tests: ['plugins/cookies'],
  },
  {
    name: 'one key signs every cookie',
    reference: 'SES-15, F5 (@fastify/cookie)',
    attacker: 'moves the signed value of one cookie into another',
    file: 'src/plugins/cookies.ts',
    before: "hkdfSync('sha256', secret, '', purpose, 32)",
    after: "hkdfSync('sha256', secret, '', '', 32)",
    tests: ['plugins/cookies'],
  },
  {
    name: 'the id of a session is stored as it is',
    reference: 'SES-17, ASVS 7.2.3',
    attacker: 'reads the database once, and is everybody who is logged in',
    file: 'src/plugins/session-store.ts',
    before: "return createHash('sha256').update(sessionId).digest('base64url')",
    after: 'return sessionId',
    tests: ['plugins/session-store'],
  },
  {
    name: 'any secret will do in production',
    reference: 'SES-18, ASVS 13.3.4',
    attacker: 'signs cookies with the secret of the documentation',
    file: 'src/accounts/auth-config.ts',
    before: 'if (secrets.length > 0 && secrets.every(isStrongSecret)) return secrets',
    after: 'if (secrets.length > 0) return secrets',
    tests: ['accounts/auth-config'],
  },
  {
    name: 'the signature of the remember-me cookie is not looked at',
    reference: 'REM-01, ASVS 9.1.1',
    attacker: 'tries tokens without a limit, and needs no secret of the server for a leaked one',
    file: 'src/plugins/remember-me.ts',
    before: 'return cookie ? remember.signer.unsign(cookie).value : null',
    after: "return cookie?.split('.')[0] ?? null",
    tests: ['plugins/remember-me'],
  },
  {
    name: 'a remembered session counts as one with a password',
    reference: 'REM-03, ASVS 7.5.1',
    attacker: 'sits down at a browser that was left, and changes the email of the account',
    file: 'src/plugins/user-auth.ts',
    before: `  request.session.userRemembered = true
  request.currentScope`,
    after: '  request.currentScope',
    tests: ['plugins/remember-me'],
  },
  {
    name: 'sudo mode never ends',
    reference: 'SUDO, ASVS 7.5.1',
    attacker: 'sits down at a session that was opened days ago, and deletes the account',
    file: 'src/plugins/guards.ts',
    before: "return isAuthenticated && loginState === 'FRESH' && isRecent",
    after: "return isAuthenticated && loginState === 'FRESH'",
    tests: ['plugins/user-auth-guards'],
  },
]

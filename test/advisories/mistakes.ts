/** What each advisory is about, put back into the code of today. */
import type { SeededBug } from '../seeded-bugs/seeded-bug.js'

export type Mistake = Pick<SeededBug, 'file' | 'before' | 'after'>

/** By the number of the advisory. */
export const MISTAKES: Readonly<Record<string, Mistake>> = {
  'CREATE-AUTH-2026-0001': {
    file: 'src/plugins/user-auth.ts',
    before: `  await renewSession(
    request,
    previous.user?.id === user.id ? keysOfTheUser(request) : SESSION_KEYS_TO_KEEP,
  )
`,
    after: '',
  },
  'CREATE-AUTH-2026-0002': {
    file: 'src/accounts/user-token.ts',
    before: 'return count === 1 ? { user: row.user } : null',
    after: 'return count >= 0 ? { user: row.user } : null',
  },
  'CREATE-AUTH-2026-0003': {
    file: 'src/accounts.ts',
    before: `  const valid = await verifyPassword(password, user?.hashedPassword ?? null)
  if (user === null || !valid || !mayLogIn(user)) return null
`,
    after: `  if (user === null || !mayLogIn(user)) return null
  const valid = await verifyPassword(password, user.hashedPassword)
  if (!valid) return null
`,
  },
  'CREATE-AUTH-2026-0004': {
    file: 'src/routes/users/registration-controller.ts',
    before: `\${config.origin}/users/confirm/`,
    after: `\${request.protocol}://\${request.host}/users/confirm/`,
  },
  'CREATE-AUTH-2026-0005': {
    file: 'src/accounts/auth-config.ts',
    before: 'return secret.length >= SECRET_LENGTH && new Set(secret).size >= 8 && !isPlaceholder',
    after: 'return secret.length >= SECRET_LENGTH',
  },
  'CREATE-AUTH-2026-0006': {
    file: 'src/accounts/confirmation.ts',
    before: 'isOwnChoice(user, proof) ? user.hashedPassword : NO_PASSWORD',
    after: 'user.hashedPassword',
  },
  'CREATE-AUTH-2026-0007': {
    file: 'src/plugins/form-tokens.ts',
    before: "String(request.currentScope.userTokenId ?? 'anonymous')",
    after: "'anonymous'",
  },
  'CREATE-AUTH-2026-0008': {
    file: 'src/plugins/cookies.ts',
    before: `new Signer(secrets.map((secret) => keyFor(\`cookie:\${purpose}\`, secret)))`,
    after: 'new Signer(secrets)',
  },
  'CREATE-AUTH-2026-0009': {
    file: 'src/accounts/user-password.ts',
    before: '  await db.userToken.deleteMany({ where: { userId: id } })\n',
    after: '',
  },
  'CREATE-AUTH-2026-0010': {
    file: 'src/plugins/return-to.ts',
    before: " || pathname.startsWith('//')",
    after: '',
  },
  'CREATE-AUTH-2026-0011': {
    file: 'src/accounts/password.ts',
    before: 'return cut(password).normalize',
    after: 'return password.normalize',
  },
  'CREATE-AUTH-2026-0012': {
    file: 'src/accounts/user-token.ts',
    before: 'return boundTo === null || boundTo === row.user.email ? row : null',
    after: 'return boundTo === undefined ? null : row',
  },
}

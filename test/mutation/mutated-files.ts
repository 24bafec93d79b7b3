// The files that decide who is let in, and the generated tests that are about each of them.

export type MutatedFile = {
  /** A file of examples/default. */
  file: string
  /** Its tests, without `test/` and `.test.ts`. Only they run: all of them would take days. */
  tests: string[]
}

export const MUTATED_FILES: MutatedFile[] = [
  {
    file: 'src/accounts/user-token.ts',
    tests: [
      'accounts/user-token',
      'accounts',
      'accounts/confirmation',
      'routes/users/links',
      'routes/users/email-change-controller',
      'plugins/expired-rows',
    ],
  },
  {
    file: 'src/plugins/session-store.ts',
    tests: [
      'plugins/session-store',
      'plugins/under-way',
      'plugins/user-auth',
      'plugins/errors',
      'plugins/expired-rows',
    ],
  },
  {
    file: 'src/plugins/session.ts',
    tests: ['plugins/session-store', 'plugins/under-way', 'plugins/cookies', 'plugins/user-auth'],
  },
  {
    file: 'src/accounts/password.ts',
    tests: ['accounts/password', 'accounts/log-in'],
  },
  {
    file: 'src/accounts/user-password.ts',
    tests: [
      'accounts/user-password',
      'accounts',
      'accounts/log-in',
      'routes/users/password-controller',
    ],
  },
  {
    file: 'src/plugins/guards.ts',
    tests: ['plugins/user-auth-guards', 'pages/confirm-login'],
  },
  {
    file: 'src/accounts/scope.ts',
    tests: ['accounts/scope'],
  },
]

import { LOG_IN_BUGS } from './bugs/log-in.js'
import { PASSWORD_BUGS } from './bugs/passwords.js'
import { REQUEST_BUGS } from './bugs/requests.js'
import { SESSION_BUGS } from './bugs/sessions.js'
import { TOKEN_BUGS } from './bugs/tokens.js'
import type { SeededBug } from './seeded-bug.js'

export const BUGS: SeededBug[] = [
  ...SESSION_BUGS,
  ...REQUEST_BUGS,
  ...LOG_IN_BUGS,
  ...PASSWORD_BUGS,
  ...TOKEN_BUGS,
]

import type { Check, Examined, Finding } from './check.js'
import { cookies } from './cookies.js'
import { expiredRows } from './expired-rows.js'
import { files } from './files.js'
import { mail } from './mail.js'
import { migrations } from './migrations.js'
import { origin } from './origin.js'
import { packages } from './packages.js'
import { plugins } from './plugins.js'
import { proxy } from './proxy.js'
import { routes } from './routes.js'
import { schema } from './schema.js'
import { secrets } from './secrets.js'
import { unfinished } from './unfinished.js'

/** In the order of the report: what is half done first, what production needs last. */
export const CHECKS: readonly Check[] = [
  unfinished,
  files,
  packages,
  plugins,
  routes,
  schema,
  migrations,
  expiredRows,
  secrets,
  cookies,
  origin,
  proxy,
  mail,
]

export type Examination = { check: string; healthy: string; findings: Finding[] }

export function examine(app: Examined): Examination[] {
  return CHECKS.map(({ name, healthy, examine: ask }) => ({
    check: name,
    healthy,
    findings: ask(app),
  }))
}

export function hasProblem(examinations: readonly Examination[]): boolean {
  return examinations.some(({ findings }) => findings.some(({ level }) => level === 'problem'))
}

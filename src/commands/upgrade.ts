import { audit } from '../core/audit/audit.js'
import { planSecurity } from '../core/audit/security-plan.js'
import { systemsOf } from '../core/record/record.js'
import type { Environment, Options } from '../environment.js'
import { applyPlan, applyTo } from '../pipeline.js'
import { readAdvisories } from '../shell/read-advisories.js'

/** `scaffold` for an app that has our auth, under the name that people look for. */
export function upgrade(options: Options, environment: Environment): Promise<number> {
  if (options.securityOnly) return mend(options, environment)

  return applyTo(async ({ record }) => systemsOf(record), options, environment)
}

/** Only what an advisory mends; everything else stays for another day. */
function mend(options: Options, environment: Environment): Promise<number> {
  const advisories = readAdvisories(environment.packageFolder)

  return applyPlan(
    ({ record, project }) => {
      systemsOf(record)
      const { findings } = audit(project, advisories, record)
      const { version } = environment
      const strict = options.strict === true

      return planSecurity(record, findings, { project, advisories, version, strict })
    },
    options,
    environment,
  )
}

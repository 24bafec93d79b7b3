import { resolve } from 'node:path'
import type { Advisory } from '../core/audit/advisory.js'
import { type Audit, audit } from '../core/audit/audit.js'
import { renderAudit } from '../core/audit/report-audit.js'
import { asSarif } from '../core/audit/sarif.js'
import { renderNextSteps } from '../core/report/report.js'
import type { Environment, Options } from '../environment.js'
import { readApp } from '../pipeline.js'
import { findApp } from '../shell/find-app.js'
import { readAdvisories } from '../shell/read-advisories.js'
import { coloursFor } from '../shell/terminal.js'
import { writeJson } from '../write-json.js'

/** Which advisories apply to the code as it is now; exit code 1 when one does. */
export async function auditApp(options: Options, environment: Environment): Promise<number> {
  const root = await findApp(resolve(options.cwd), environment.stderr)
  const { project, record } = await readApp(root, environment)
  const advisories = readAdvisories(environment.packageFolder)
  const result = audit(project, advisories, record)
  if (options.sarif)
    writeJson(asSarif(result.findings, advisories, environment.version), environment)
  else if (options.json) writeJson(asData(result, advisories), environment)
  else show(result, advisories, environment)

  return result.findings.length === 0 ? 0 : 1
}

function asData({ findings, files }: Audit, advisories: readonly Advisory[]): object {
  return {
    advisories: advisories.length,
    files,
    findings: findings.map(({ advisory, path, line, name }) => ({
      id: advisory.id,
      severity: advisory.severity,
      summary: advisory.summary,
      path,
      line,
      function: name,
      fixedIn: advisory.fixedIn,
      test: advisory.test,
    })),
  }
}

function show(result: Audit, advisories: readonly Advisory[], { stdout }: Environment): void {
  const colours = coloursFor(stdout)
  stdout.write(renderAudit(result, advisories, colours))
  const steps = result.findings.length === 0 ? [] : ['create-auth upgrade --security-only']
  if (steps.length > 0) stdout.write(renderNextSteps(steps, colours))
}

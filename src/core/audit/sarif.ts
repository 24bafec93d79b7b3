import type { Advisory } from './advisory.js'
import type { Finding } from './audit.js'

/** Findings in SARIF 2.1.0, which code hosts show beside the lines. */
export function asSarif(
  findings: readonly Finding[],
  advisories: readonly Advisory[],
  version: string,
): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'create-auth', version, rules: advisories.map(toRule) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => toResult(finding, advisories)),
      },
    ],
  }
}

/** As GitHub reads them: the lower bound of each word in the scale of CVSS. */
const SCORES: Record<Advisory['severity'], string> = {
  CRITICAL: '9.0',
  HIGH: '7.0',
  MEDIUM: '4.0',
  LOW: '0.1',
}

function toRule({ id, summary, details, severity, references }: Advisory): object {
  const [helpUri] = references

  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: details },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: levelOf(severity) },
    properties: { 'security-severity': SCORES[severity], tags: ['security'] },
  }
}

function toResult({ advisory, path, line }: Finding, advisories: readonly Advisory[]): object {
  return {
    ruleId: advisory.id,
    ruleIndex: advisories.indexOf(advisory),
    level: levelOf(advisory.severity),
    message: { text: `${advisory.summary}. Mended in create-auth ${advisory.fixedIn}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(path), uriBaseId: '%SRCROOT%' },
          region: { startLine: line },
        },
      },
    ],
    // The same finding keeps its name when lines above it come and go.
    partialFingerprints: { 'create-auth/v1': `${advisory.id}:${path}` },
  }
}

function levelOf(severity: Advisory['severity']): 'error' | 'warning' | 'note' {
  if (severity === 'LOW') return 'note'

  return severity === 'MEDIUM' ? 'warning' : 'error'
}

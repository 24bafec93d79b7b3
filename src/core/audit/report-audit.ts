import type { Colour, Colours } from '../report/terminal-text.js'
import { showControlCharacters } from '../report/terminal-text.js'
import type { Advisory } from './advisory.js'
import type { Audit, Finding } from './audit.js'

/** What was found, the worst first; or that nothing was. */
export function renderAudit(
  { findings, files }: Audit,
  advisories: readonly Advisory[],
  colours: Colours,
): string {
  if (findings.length === 0) {
    return `None of ${advisories.length} advisories applies to the code of this app (${files} files).\n`
  }

  return findings
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .map((finding) => renderFinding(finding, colours))
    .join('\n')
}

const ORDER: readonly Advisory['severity'][] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']

const SEVERITY_COLOURS: Record<Advisory['severity'], Colour> = {
  CRITICAL: 'red',
  HIGH: 'red',
  MEDIUM: 'yellow',
  LOW: 'dim',
}

function rankOf({ advisory }: Finding): number {
  return ORDER.indexOf(advisory.severity)
}

function renderFinding({ advisory, path, line, name }: Finding, colours: Colours): string {
  const { id, severity, summary, details, fixedIn, test } = advisory
  const paint = colours[SEVERITY_COLOURS[severity]]
  const place = `${path}:${line}${name === null ? '' : ` in ${name}`}`

  return [
    `${paint(severity.toLowerCase().padEnd(9))} ${colours.bold(summary)}`,
    `          ${showControlCharacters(place)}`,
    ...wrapped(details).map((text) => `          ${text}`),
    colours.dim(
      `          ${id}, mended in ${fixedIn}; shown by "${test.name.trim()}" in ${test.file}`,
    ),
    '',
  ].join('\n')
}

const COLUMNS = 86

function wrapped(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > COLUMNS) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }

  return lines
}

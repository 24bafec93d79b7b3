import { join } from 'node:path'
import { type Advisory, readAdvisory } from '../core/audit/advisory.js'
import { readTemplates } from './read-templates.js'

/** The advisories that this package brings along, by their ids. */
export function readAdvisories(packageFolder: string): Advisory[] {
  const files = readTemplates(join(packageFolder, 'advisories'))

  return [...files.values()].map(readAdvisory)
}

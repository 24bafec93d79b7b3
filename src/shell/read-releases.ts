/** What earlier versions of this package wrote, where it differs from the version after them. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isNewer } from '../core/record/read-record.js'
import type { Templates } from '../core/render/render-system.js'
import { readTemplates } from './read-templates.js'

export type Release = { version: string; templates: Templates }

/** Every version that is known, the newest first, each with all of its templates. */
export function readReleases(
  packageFolder: string,
  { version, templates }: Release,
): [Release, ...Release[]] {
  const folder = join(packageFolder, 'releases')
  const versions = existsSync(folder) ? readdirSync(folder) : []
  const releases: [Release, ...Release[]] = [{ version, templates }]
  let texts = templates
  for (const older of versions.toSorted((one, other) => (isNewer(one, other) ? -1 : 1))) {
    texts = new Map([...texts, ...readTemplates(join(folder, older))])
    releases.push({ version: older, templates: texts })
  }

  return releases
}

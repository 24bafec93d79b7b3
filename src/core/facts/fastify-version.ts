import { Problem } from '../problem.js'
import { type Manifest, readMajor, readMinor } from './manifest.js'
import type { Sources } from './sources.js'

/** https://github.com/fastify/fastify/releases/tag/v4.10.0 */
const FIRST_MINOR_OF_4 = 10

export function readFastifyMajor(sources: Sources, manifest: Manifest): 4 | 5 {
  if (!manifest.ranges.has('fastify')) {
    throw new Problem(
      'package.json of this folder does not list fastify.',
      'Go to the folder of a Fastify app or pass --cwd <dir>; create-auth new <dir> starts a new app.',
    )
  }
  const major = readMajor(sources.project, manifest, 'fastify') ?? 5
  refuseFirstOfFour(sources, manifest)
  if (major === 4 || major === 5) return major

  throw new Problem(
    `This app uses Fastify ${major}, and the generated code needs Fastify 4 or 5.`,
    major < 4
      ? 'Follow https://fastify.dev/docs/latest/Guides/Migration-Guide-V4/ first, then run this again.'
      : 'Look for a newer version of create-auth.',
  )
}

function refuseFirstOfFour({ project }: Sources, manifest: Manifest): void {
  const [major, minor = FIRST_MINOR_OF_4] = readMinor(project, manifest, 'fastify') ?? []
  if (major !== 4 || minor >= FIRST_MINOR_OF_4) return

  throw new Problem(
    `This app uses Fastify 4.${minor}, and the generated code needs 4.${FIRST_MINOR_OF_4} or newer, which has request.routeOptions.`,
    'Update it within its major (npm install fastify@4), and run this again.',
  )
}

import type { Names } from '../names/names.js'
import type { Project } from '../project.js'
import { refuseFolderOfApps, refuseLibrary } from './app-folders.js'
import type { Facts } from './facts.js'
import { readFastifyMajor } from './fastify-version.js'
import { readManifest } from './manifest.js'
import { refuseUnfinishedMerge } from './merge-markers.js'
import { readFastify } from './read-fastify.js'
import { readHashing } from './read-hashing.js'
import { readLayout } from './read-layout.js'
import { readPrisma } from './read-prisma.js'
import { readRegistered } from './read-registered.js'
import { readSecureSession } from './read-secure-session.js'
import { readStyle } from './read-style.js'
import { readTests } from './read-tests.js'
import { readUnusedVars } from './read-unused-vars.js'
import { openSources } from './sources.js'
import { assertNamesAreFree } from './user-model.js'

/**
 * Reads what the app is, or raises the `Problem` that keeps auth from being written into it.
 * With names, it also checks that nothing of the app has them; `managed` models are our own.
 * `around` is what was read of the repository that the app is a part of.
 */
export function readFacts(
  project: Project,
  options: { names?: Names; managed?: ReadonlySet<string>; around?: Project } = {},
): Facts {
  refuseUnfinishedMerge('package.json', project.get('package.json'))
  refuseFolderOfApps(project)
  const manifest = readManifest(project)
  refuseLibrary(manifest)
  const sources = openSources(project, options.around)
  readFastifyMajor(sources, manifest)
  const prisma = readPrisma(sources, manifest)
  const fastify = readFastify(sources, manifest, prisma)
  const layout = readLayout(sources, manifest, fastify.file)
  const registered = readRegistered(sources, fastify)
  const facts: Facts = {
    name: manifest.name,
    ...layout,
    style: readStyle(sources),
    hasUnusedVars: readUnusedVars(project),
    tests: readTests(sources, manifest, layout.source),
    fastify,
    prisma,
    registered,
    secureSession: readSecureSession(sources, registered),
    hashing: readHashing(sources, manifest),
  }
  if (options.names) assertNamesAreFree(facts, options.names, options.managed ?? new Set())

  return facts
}

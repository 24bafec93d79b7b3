import { defaultFeatures, FEATURES } from '../features.js'
import { buildPlan, type SystemPlan } from '../plan/build-plan.js'
import type { Operation, Plan } from '../plan/plan.js'
import type { PlanRequest } from '../plan/plan-request.js'
import { planState } from '../plan/plan-state.js'
import { Problem } from '../problem.js'
import { hashText, type RecordedFile, type System, withSystem } from '../record/record.js'
import type { Templates } from '../render/render-system.js'
import { countLines } from '../report/diff.js'
import { plain } from '../text.js'
import { findFiles } from './find-files.js'
import { distance } from './similarity.js'

export type AdoptRequest = Omit<PlanRequest, 'features' | 'templates' | 'version'> & {
  /** Every known version with its templates, the newest first. */
  releases: readonly [Release, ...Release[]]
}

type Release = { version: string; templates: Templates }

/** A file of the app, with the version that it is nearest to. */
type Adopted = { file: RecordedFile; ours: string; base: string; distance: number }

/**
 * A record for an app that has our files and none, so that upgrades know what its owner edited:
 * each file is taken for an edited one of the version whose text is nearest to it.
 */
export function planAdoption(request: AdoptRequest): Plan {
  const { project, record, names, releases } = request
  const [{ version, templates }, ...earlier] = releases
  const known = earlier.map((release) => release.templates)
  const found = findFiles(project, [templates, ...known], names)
  if (found.length === 0) throw nothingFound()
  const attempts = [false, true].flatMap(
    (existingModel) => attempt(request, systemOf(request, found, existingModel)) ?? [],
  )
  const [best] = attempts.sort((one, other) => one.distance - other.distance)
  if (best === undefined) throw nothingFound()
  const next = withSystem(record, best.system, version)

  return {
    operations: [
      ...best.adopted.map(describe),
      ...planState(project, next, basesOf(best.adopted), new Map()),
    ],
    packages: { dependencies: {}, devDependencies: {} },
    notices: [
      'The record is a guess: look at create-auth diff, which shows what it takes for your edits.',
    ],
  }
}

function systemOf(
  { project, names, releases }: AdoptRequest,
  found: readonly { template: string; path: string }[],
  existingModel: boolean,
): System {
  const [{ version }] = releases
  const files = found.map(({ template, path }): RecordedFile => {
    const sha256 = hashText(project.get(path) ?? '')

    return { template, path, version, sha256, mode: 'managed' }
  })

  return { names, features: featuresOf(found), existingModel, files, edits: [] }
}

/** Those whose own files are there; a feature without files of its own is taken as it comes. */
function featuresOf(found: readonly { template: string }[]): string[] {
  const isThere = (patterns: readonly string[]) =>
    found.some(({ template }) =>
      patterns.some((pattern) =>
        pattern.endsWith('/') ? template.startsWith(pattern) : template === pattern,
      ),
    )

  return FEATURES.filter(({ name, templates }) =>
    templates.length === 0 ? defaultFeatures().includes(name) : isThere(templates),
  ).map(({ name }) => name)
}

type Attempt = { system: System; adopted: Adopted[]; distance: number }

/** How near the app comes to what the versions would write into it, with these answers. */
function attempt(request: AdoptRequest, system: System): Attempt | null {
  const plans = request.releases.flatMap(({ version, templates }) => {
    const plan = planOf(request, system, { version, templates })

    return plan === null ? [] : [{ version, plan }]
  })
  const [newest] = plans
  if (newest === undefined) return null
  const adopted = system.files.flatMap((file) => nearestOf(file, plans, request))
  const edits = newest.plan.record.systems
    .filter(({ names }) => names.model === system.names.model)
    .flatMap((known) => known.edits.filter(({ inserted }) => inserted.length === 0))

  return {
    system: { ...system, files: adopted.map(({ file }) => file), edits },
    adopted,
    distance: adopted.reduce((sum, each) => sum + each.distance, 0),
  }
}

function planOf(request: AdoptRequest, system: System, release: Release): SystemPlan | null {
  try {
    const record = withSystem(request.record, system, release.version)

    return buildPlan({ ...request, ...release, record, features: system.features })
  } catch (error) {
    // Answers that do not fit this app: the other ones may.
    if (error instanceof Problem) return null
    throw error
  }
}

function nearestOf(
  file: RecordedFile,
  plans: readonly { version: string; plan: SystemPlan }[],
  { project }: AdoptRequest,
): Adopted[] {
  const ours = project.get(file.path) ?? ''
  const candidates = plans.flatMap(({ version, plan }): Adopted[] => {
    const operation = plan.operations.find(({ path }) => path === file.path)
    const base = operation?.versions?.theirs
    if (base === undefined) return []
    const recorded = { ...file, version, sha256: hashText(base) }

    return [{ file: recorded, ours, base, distance: distance(plain(ours), base) }]
  })
  const [best] = candidates.sort((one, other) => one.distance - other.distance)

  return best === undefined ? [] : [best]
}

function describe({ file: { path, version }, ours, base }: Adopted): Operation {
  const { added, removed } = countLines(base, plain(ours))
  const edits = added + removed === 0 ? 'as it was generated' : `edited, +${added} −${removed}`

  return { verb: 'identical', path, before: ours, after: ours, note: `${version}, ${edits}` }
}

function basesOf(adopted: readonly Adopted[]): Map<string, string> {
  return new Map(adopted.map(({ file: { sha256 }, base }) => [sha256, base]))
}

function nothingFound(): Problem {
  return new Problem(
    'No files were found here that create-auth could have written.',
    'Run create-auth scaffold to write them, or name the nouns they were written for: create-auth adopt Identity Member members.',
  )
}

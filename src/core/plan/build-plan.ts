import type { Facts } from '../facts/facts.js'
import { readHooksPresent } from '../facts/present/read-present.js'
import { readFacts } from '../facts/read-facts.js'
import type { Project } from '../project.js'
import { type AuthRecord, type System, withSystem } from '../record/record.js'
import { isUnder } from '../record/under.js'
import { type Draft, isFormattable, NOT_FORMATTED } from '../render/formatting.js'
import { FRAGMENTS } from '../render/fragments.js'
import { type Generated, type Rendering, renderText } from '../render/render-system.js'
import { beforeMigrating, noticesAbout } from './existing-notices.js'
import { foreignSteps } from './foreign-steps.js'
import { findPlugin, generate } from './generate.js'
import { buildManifest, manifestPath } from './manifest.js'
import { noticesOfNames, noticesOfPlaces, noticesOfRest, noticesOfSchema } from './notices.js'
import { filesOfOthers, withoutGenerated } from './ours.js'
import { packagesAdded } from './packages.js'
import type { Plan } from './plan.js'
import { planEdits } from './plan-edits.js'
import { planFiles } from './plan-files.js'
import type { PlanRequest } from './plan-request.js'
import { planState } from './plan-state.js'
import { refuseUnsupported } from './refuse-unsupported.js'
import { renderingOf } from './rendering.js'
import { namesFor, placeFor, systemFor } from './system-for.js'
import { undecided } from './undecided.js'
import { changesIn } from './virtual-project.js'

export type SystemPlan = Plan & {
  facts: Facts
  record: AuthRecord
  manifest: string
  /** Texts that the app's own formatter should see, where it has one. */
  drafts: Draft[]
}

/** All that a run does for one auth system. A first run is an upgrade from an empty record. */
export function buildPlan(asked: PlanRequest): SystemPlan {
  const { project, record, version, only } = asked
  const app = understand(asked)
  const { facts, system, rendering, generated } = app
  const files = planFiles(generated, optionsOf(asked, app))
  const edits = planForeignEdits(asked, app)
  const changes = [...files.operations, ...edits.operations]
  const after = changesIn(project, changes)
  const operations = [...changes, ...undecided(generated, after, rendering)]
  const next = withSystem(record, { ...system, files: files.files, edits: edits.edits }, version)
  const described = new Map([...(asked.around ?? []), ...edits.outside, ...after])
  const manifest = describe(system, rendering, version, described)
  const isFirst = next.systems[0]?.names.model === system.names.model
  // It says what the whole app has, which only a whole run knows.
  const manifests = new Map(only ? [] : [[manifestPath(system.names, isFirst), manifest]])

  return {
    operations: [...operations, ...planState(project, next, files.bases, manifests)],
    packages: packagesAdded(project.get('package.json') ?? '', after.get('package.json') ?? ''),
    notices: noticesOf(app, [...files.passedBy, ...edits.passedBy], only),
    beforeMigrating: beforeMigrating(rendering),
    facts,
    record: next,
    manifest,
    drafts: facts.formatter === null ? [] : files.drafts.filter(({ path }) => isFormattable(path)),
  }
}

type Understood = {
  /** The app without our own files. */
  own: Project
  facts: Facts
  system: System
  rendering: Rendering
  generated: Generated[]
  /** What is to be said about the place of the routes. */
  notices: readonly string[]
}

/** What the app is, what it gets, and under which names. */
function understand(asked: PlanRequest): Understood {
  const { project, record, templates, around = new Map() } = asked
  const own = withoutGenerated(project, record)
  const facts = readFacts(own, { around })
  const request = { ...asked, names: namesFor(asked, facts) }
  refuseUnsupported(facts)
  const { prefix, notices } = placeFor(request, own, facts)
  const system = systemFor({ ...request, prefix }, facts)
  const rendering = renderingOf(system, { project: own, facts, templates, record })

  return {
    own,
    facts,
    system,
    rendering,
    notices,
    generated: generate(rendering, record, templates),
  }
}

function optionsOf(asked: PlanRequest, { system, facts }: Understood) {
  const { project, version, formatted = NOT_FORMATTED, strict = false } = asked
  const { record, templates, earlier = [], only } = asked

  return {
    project,
    version,
    files: system.files,
    shared: filesOfOthers(record, system),
    formatted,
    style: facts.style,
    strict,
    isWanted: isWantedBy(only),
    known: { templates: [templates, ...earlier], names: system.names },
  }
}

/** The lines in files of the app. */
function planForeignEdits(
  asked: PlanRequest,
  { own, facts, system, rendering, generated }: Understood,
) {
  const everything = new Map([...(asked.around ?? []), ...asked.project])
  const steps = foreignSteps({
    ...asked,
    everything,
    rendering,
    hooks: readHooksPresent(own, facts),
    generated,
    plugin: findPlugin(generated),
    recorded: system.edits,
  })

  return planEdits(steps, everything, {
    recorded: system.edits,
    isWanted: isWantedBy(asked.only),
  })
}

function isWantedBy(only: readonly string[] | undefined): (path: string) => boolean {
  return only === undefined ? () => true : isUnder(only)
}

function noticesOf(
  { facts, system, rendering, generated, notices }: Understood,
  passedBy: readonly string[],
  only: readonly string[] | undefined,
): string[] {
  const isNew = system.files.length === 0

  return [
    ...noticesOfSchema(facts),
    ...notices,
    ...noticesOfPlaces(generated),
    ...(isNew ? noticesOfNames(system.names) : []),
    ...noticesOfRest(passedBy, only),
    ...(isNew ? noticesAbout(rendering) : []),
  ]
}

function describe(
  { features, names }: System,
  rendering: Rendering,
  version: string,
  after: Project,
): string {
  const rendered = renderText(FRAGMENTS.manifest, rendering)
  const { prefix } = rendering

  return buildManifest(rendered, { version, features, names, prefix }, after, rendering)
}

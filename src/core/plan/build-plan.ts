import type { Facts } from '../facts/facts.js'
import { readHooksPresent, readPresent } from '../facts/present/read-present.js'
import { readFacts } from '../facts/read-facts.js'
import { assertNamesAreFree, findUserModel, withFreeCompanions } from '../facts/user-model.js'
import { companionsOf, type Names } from '../names/names.js'
import { defaultPrefix } from '../names/prefix.js'
import type { Project } from '../project.js'
import {
  type AuthRecord,
  findSystem,
  type RecordedFile,
  type System,
  withSystem,
} from '../record/record.js'
import { isUnder } from '../record/under.js'
import { type Draft, type Formatted, isFormattable, NOT_FORMATTED } from '../render/formatting.js'
import { FRAGMENTS } from '../render/fragments.js'
import {
  type Generated,
  type Rendering,
  renderText,
  type Templates,
} from '../render/render-system.js'
import { type Placing, placeBeside } from './beside-others.js'
import { beforeMigrating, noticesAbout } from './existing-notices.js'
import { foreignSteps } from './foreign-steps.js'
import { buildManifest, manifestPath, routesIn } from './manifest.js'
import { mountFile, ROOT_PLUGIN } from './mount.js'
import { packagesAdded, type TestedPackages } from './packages.js'
import type { Plan } from './plan.js'
import { planEdits } from './plan-edits.js'
import { planFiles } from './plan-files.js'
import { planState } from './plan-state.js'
import { refuseUnsupported } from './refuse-unsupported.js'
import { renderingOf } from './rendering.js'
import { renderBeside } from './side-by-side.js'
import { undecided } from './undecided.js'
import { changesIn } from './virtual-project.js'

export type PlanRequest = {
  project: Project
  /** What was read of the repository that the app is a part of, under paths that begin with `../`. */
  around?: Project
  record: AuthRecord
  names: Names
  features: readonly string[]
  /** Where the routes begin; after the plural when nobody said. */
  prefix?: string | undefined
  /** What `scaffold` writes, by template. */
  templates: Templates
  /** The same of earlier versions. */
  earlier?: readonly Templates[]
  /** The versions of packages come from here. */
  tested: TestedPackages
  /** The version of this command. */
  version: string
  /** A fresh one, for an app that has none yet. */
  secret: string
  /** What the app's own formatter made of the drafts of an earlier plan. */
  formatted?: Formatted
  /** What needs more than lines to merge is left as a conflict. */
  strict?: boolean
  /** The files and folders that the run is about; all, when it says nothing. */
  only?: readonly string[]
}

export type SystemPlan = Plan & {
  facts: Facts
  record: AuthRecord
  manifest: string
  /** Texts that the app's own formatter should see, where it has one. */
  drafts: Draft[]
}

/** All that a run does for one auth system. A first run is an upgrade from an empty record. */
export function buildPlan(asked: PlanRequest): SystemPlan {
  const { project, record, version, templates, formatted = NOT_FORMATTED } = asked
  const { around = new Map(), strict = false, only } = asked
  const isWanted = only === undefined ? () => true : isUnder(only)
  const own = withoutGenerated(project, record)
  const facts = readFacts(own, { around })
  const names = namesFor(asked, facts)
  const request = { ...asked, names }
  refuseUnsupported(facts)
  const placing = placeFor(request, own, facts)
  const system = systemFor({ ...request, prefix: placing.prefix }, facts)
  const rendering = renderingOf(system, { project: own, facts, templates, record })
  const generated = generate(rendering, record, templates)
  const shared = filesOfOthers(record, system)

  const files = planFiles(generated, {
    ...{ project, files: system.files, shared, version, formatted, style: facts.style },
    ...{ strict, isWanted, known: { templates: [templates, ...(request.earlier ?? [])], names } },
  })
  const hooks = readHooksPresent(own, facts)
  const everything = new Map([...around, ...project])
  const steps = foreignSteps({
    ...request,
    everything,
    rendering,
    hooks,
    generated,
    plugin: findPlugin(generated),
    recorded: system.edits,
  })
  const edits = planEdits(steps, everything, { recorded: system.edits, isWanted })
  const changes = [...files.operations, ...edits.operations]

  const after = changesIn(project, changes)
  const operations = [...changes, ...undecided(generated, after)]
  const next = withSystem(record, { ...system, files: files.files, edits: edits.edits }, version)
  const described = new Map([...around, ...edits.outside, ...after])
  const manifest = describe(system, rendering, version, described)
  const isFirst = next.systems[0]?.names.model === names.model
  // It says what the whole app has, which only a whole run knows.
  const manifests = new Map(only ? [] : [[manifestPath(names, isFirst), manifest]])

  return {
    operations: [...operations, ...planState(project, next, files.bases, manifests)],
    packages: packagesAdded(project.get('package.json') ?? '', after.get('package.json') ?? ''),
    notices: [
      ...noticesFor(facts),
      ...placing.notices,
      ...(system.files.length === 0 ? noticeOfNames(names) : []),
      ...noticesOf([...files.passedBy, ...edits.passedBy], only),
      ...(system.files.length === 0 ? noticesAbout(rendering) : []),
    ],
    beforeMigrating: beforeMigrating(rendering),
    facts,
    record: next,
    manifest,
    drafts: facts.formatter === null ? [] : files.drafts.filter(({ path }) => isFormattable(path)),
  }
}

/** As earlier runs had them; a first run goes out of the way of the app's own models. */
function namesFor({ record, names }: PlanRequest, facts: Facts): Names {
  const managed = modelsOf(record)
  const known = findSystem(record, names)?.names
  const free = known ?? withFreeCompanions(facts, names, managed)
  assertNamesAreFree(facts, free, managed)

  return free
}

/** What a person should know that no file shows. */
function noticesFor({ prisma: { schemaFile, schemaWriter } }: Facts): string[] {
  return schemaWriter === null
    ? []
    : [
        `${schemaFile} is written by ${schemaWriter}: bring the models that were added there into what that reads, or the next run of it loses them.`,
      ]
}

function noticeOfNames(names: Names): string[] {
  if (names.companions === undefined) return []
  const models = companionsOf(names).map(({ model }) => model)

  return [`Models of this app have names that ours would have: ours are ${models.join(', ')}.`]
}

function noticesOf(passedBy: readonly string[], only: readonly string[] = []): string[] {
  if (passedBy.length === 0) return []
  const count = passedBy.length === 1 ? 'One more file has' : `${passedBy.length} more files have`

  return [
    `${count} changes in this version, outside ${only.join(' and ')}; create-auth scaffold brings them.`,
  ]
}

/** A first run looks at what is there; a later one goes where the log-in is, or where it is told to. */
function placeFor(request: PlanRequest, own: Project, facts: Facts): Placing {
  const { record, names, prefix, templates } = request
  const known = findSystem(record, names)
  const before = known === undefined ? undefined : (known.prefix ?? defaultPrefix(names))
  if (before !== undefined && (prefix ?? before) === before) return { prefix: before, notices: [] }
  const usual = systemFor({ ...request, prefix: undefined }, facts)
  const rendering = renderingOf(usual, { project: own, facts, templates, record })
  const routes = routesIn(renderText(FRAGMENTS.manifest, rendering))
  const wanted = { names, prefix: prefix ?? null, routes, registers: registeredBy(rendering) }
  const placing = placeBeside(wanted, readPresent(own, facts, modelsOf(record)))

  return before === undefined ? placing : { ...placing, notices: [] }
}

function registeredBy({ switches }: Rendering): string[] {
  return [
    ...(switches.ownCookie ? ['@fastify/cookie'] : []),
    ...(switches.ownSession ? ['@fastify/session'] : []),
  ]
}

/** The answers of this run, and what is known of earlier ones. */
function systemFor({ record, names, prefix, features }: PlanRequest, facts: Facts): System {
  const known = findSystem(record, names)

  return {
    names,
    ...(prefix === undefined || prefix === defaultPrefix(names) ? {} : { prefix }),
    features: [...features].sort(),
    existingModel: known?.existingModel ?? findUserModel(facts, names) !== null,
    files: known?.files ?? [],
    edits: known?.edits ?? [],
  }
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

/** The app without what we wrote: its own files say what it is, and ours must not answer for it. */
export function withoutGenerated(project: Project, record: AuthRecord): Project {
  const ours = new Set(record.systems.flatMap(({ files }) => files.map(({ path }) => path)))

  return new Map([...project].filter(([path]) => !ours.has(path)))
}

/** The models that earlier runs added to the schema. */
export function modelsOf(record: AuthRecord): Set<string> {
  return new Set(
    record.systems.flatMap(({ names, existingModel }) => [
      ...(existingModel ? [] : [names.model]),
      ...companionsOf(names).map(({ model }) => model),
    ]),
  )
}

function generate(rendering: Rendering, record: AuthRecord, templates: Templates): Generated[] {
  const { names } = rendering
  const others = record.systems
    .filter((system) => system.names.model !== names.model)
    .map((system) => renderingOf(system, { ...rendering, templates, record }))
  const generated = renderBeside(rendering, others)
  const mount = mountFile(rendering, findPlugin(generated))

  return mount === null ? generated : [...generated, mount]
}

function findPlugin(generated: readonly Generated[]): string {
  const plugin = generated.find(({ template }) => template === ROOT_PLUGIN)
  if (plugin) return plugin.path
  throw new Error(`There is no template ${ROOT_PLUGIN}.`)
}

function filesOfOthers(record: AuthRecord, { names }: System): Map<string, RecordedFile> {
  const files = record.systems
    .filter((system) => system.names.model !== names.model)
    .flatMap((system) => system.files)

  return new Map(files.map((file) => [file.path, file]))
}

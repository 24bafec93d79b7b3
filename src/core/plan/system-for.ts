import type { Facts } from '../facts/facts.js'
import { readPresent } from '../facts/present/read-present.js'
import {
  assertNamesAreFree,
  findUserModel,
  withFreeCompanions,
  withSchemaModel,
} from '../facts/user-model.js'
import type { Names } from '../names/names.js'
import { defaultPrefix } from '../names/prefix.js'
import type { Project } from '../project.js'
import { findSystem, type System } from '../record/record.js'
import { FRAGMENTS } from '../render/fragments.js'
import { type Rendering, renderText } from '../render/render-system.js'
import { type Placing, placeBeside } from './beside-others.js'
import { routesIn } from './manifest.js'
import { modelsOf } from './ours.js'
import type { PlanRequest } from './plan-request.js'
import { renderingOf } from './rendering.js'

/** As earlier runs had them; a first run goes out of the way of the app's own models. */
export function namesFor({ record, names }: PlanRequest, facts: Facts): Names {
  const managed = modelsOf(record)
  const known = findSystem(record, names)?.names
  const called = withSchemaModel(facts, known ?? names)
  const free = known ? called : withFreeCompanions(facts, called, managed)
  assertNamesAreFree(facts, free, managed)

  return free
}

/** A first run looks at what is there; a later one goes where the log-in is, or where it is told to. */
export function placeFor(request: PlanRequest, own: Project, facts: Facts): Placing {
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
export function systemFor({ record, names, prefix, features }: PlanRequest, facts: Facts): System {
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

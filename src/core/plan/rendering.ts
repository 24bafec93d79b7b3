import type { Facts, FieldFacts, ModelFacts } from '../facts/facts.js'
import { findUserModel } from '../facts/user-model.js'
import { readSwitches } from '../features.js'
import { defaultPrefix } from '../names/prefix.js'
import type { Project } from '../project.js'
import type { AuthRecord, System } from '../record/record.js'
import type { Rendering, Templates } from '../render/render-system.js'
import { refuseUnfitModel } from '../user-model/existing-model.js'
import { readExistingUser } from '../user-model/existing-user.js'
import { hasOtherNames } from '../user-model/name-row-fields.js'
import type { NewUserFields } from '../user-model/new-user.js'
import { printNewUserFiles } from '../user-model/print-new-user.js'

export type AppToRender = {
  project: Project
  facts: Facts
  templates: Templates
  record: AuthRecord
}

/** Everything that decides how the files of one auth system look in this app. */
export function renderingOf(
  system: System,
  { project, facts, templates, record }: AppToRender,
): Rendering {
  const { names, features, existingModel, files, edits } = system
  const model = findUserModel(facts, names)
  const existing = existingModel ? model : null
  if (existing !== null) refuseUnfitModel(existing, names)
  const first = record.systems[0]?.names ?? names
  const beside = first.model === names.model ? null : first
  const user = readExistingUser(existing, { project, facts, files })
  const { asked, decided } = user.newUser

  return {
    project,
    templates: withNewUserFiles(templates, user.newUser),
    facts,
    names,
    prefix: system.prefix ?? defaultPrefix(names),
    existing,
    fields: user.fields,
    beside,
    foreignNames: namesIn(user.newUser),
    switches: readSwitches(facts, {
      features,
      existingModel,
      isFirst: beside === null,
      numericId: hasNumericTokens(model, facts),
      bigintId: model !== null && idOf(model)?.type === 'BigInt',
      requiredFields: asked.length > 0,
      uniqueFields: asked.some(({ unique }) => unique),
      decidedFields: decided.length > 0,
      requiredPassword: user.requiredPassword,
      optionalEmail: user.optionalEmail,
      otherRowNames: hasOtherNames(user.fields),
      oldPasswords: user.oldPasswords,
    }),
    recorded: new Map(files.map(({ template, path }) => [template, path])),
    mounted: edits.some(({ id }) => id === 'mount'),
  }
}

/** What the app's own schema calls its things, which is none of ours to rename. */
function namesIn({ asked, decided }: NewUserFields): string[] {
  return [
    ...asked.flatMap(({ name, values }) => [name, ...values]),
    ...decided.map(({ name }) => name),
  ]
}

/** Tokens have ids like users, but for CockroachDB, which counts no Int, and numbers that JSON lacks. */
function hasNumericTokens(model: ModelFacts | null, facts: Facts): boolean {
  if (facts.prisma.provider === 'cockroachdb') return false

  return model === null ? usesNumericIds(facts) : hasNumericId(model)
}

function hasNumericId(model: ModelFacts): boolean {
  return idOf(model)?.type === 'Int'
}

function idOf({ fields }: ModelFacts): FieldFacts | undefined {
  return fields.find((field) => field.id)
}

/** A new model gets the kind of id that most models of the app have. */
function usesNumericIds({ prisma }: Facts): boolean {
  const models = [...prisma.models.values()]

  return models.filter(hasNumericId).length > models.length / 2
}

function withNewUserFiles(templates: Templates, fields: NewUserFields): Templates {
  if (fields.asked.length === 0 && fields.decided.length === 0) return templates
  const printed = printNewUserFiles(fields).map(({ template, text }) => [template, text] as const)

  return new Map([...templates, ...printed])
}

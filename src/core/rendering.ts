import { refuseUnfitModel } from './existing-model.js'
import type { Facts, FieldFacts, ModelFacts } from './facts/facts.js'
import { findUserModel } from './facts/user-model.js'
import { readSwitches } from './features.js'
import { printNewUserFiles, requiredFields } from './new-user.js'
import { defaultPrefix } from './prefix.js'
import type { Project } from './project.js'
import type { AuthRecord, System } from './record.js'
import type { Rendering, Templates } from './render-system.js'

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
  const isFirstRun = files.length === 0
  const fields = existing === null ? [] : fieldsToAskFor(existing, facts, isFirstRun)

  return {
    project,
    templates: fields.length === 0 ? templates : withNewUserFiles(templates, fields),
    facts,
    names,
    prefix: system.prefix ?? defaultPrefix(names),
    existing,
    beside,
    foreignNames: fields.map(({ name }) => name),
    switches: readSwitches(facts, {
      features,
      existingModel,
      isFirst: beside === null,
      numericId: model === null ? usesNumericIds(facts) : hasNumericId(model),
      requiredFields: fields.length > 0,
    }),
    recorded: new Map(files.map(({ template, path }) => [template, path])),
    mounted: edits.some(({ id }) => id === 'mount'),
  }
}

function hasNumericId({ fields }: ModelFacts): boolean {
  return fields.find((field) => field.id)?.type === 'Int'
}

/** A new model gets the kind of id that most models of the app have. */
function usesNumericIds({ prisma }: Facts): boolean {
  const models = [...prisma.models.values()]

  return models.filter(hasNumericId).length > models.length / 2
}

/** What a later run finds that no form can ask for, the owner has dealt with since. */
function fieldsToAskFor(model: ModelFacts, { prisma }: Facts, isFirstRun: boolean): FieldFacts[] {
  const models = new Set(prisma.models.keys())
  if (isFirstRun) return requiredFields(model, models)

  return requiredFields(
    { ...model, fields: model.fields.filter(({ type }) => type === 'String') },
    models,
  )
}

function withNewUserFiles(templates: Templates, fields: readonly FieldFacts[]): Templates {
  const printed = printNewUserFiles(fields).map(({ template, text }) => [template, text] as const)

  return new Map([...templates, ...printed])
}

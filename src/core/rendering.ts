import { refuseUnfitModel } from './existing-model.js'
import type { Facts, FieldFacts, ModelFacts } from './facts/facts.js'
import { findUserModel } from './facts/user-model.js'
import { readSwitches } from './features.js'
import { printNewUserFiles, requiredFields } from './new-user.js'
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
  const { names, features, existingModel, files } = system
  const model = findUserModel(facts, names)
  const existing = existingModel ? model : null
  if (existing !== null) refuseUnfitModel(existing, names)
  const isFirstRun = files.length === 0
  const fields = existing === null ? [] : fieldsToAskFor(existing, facts, isFirstRun)

  return {
    project,
    templates: fields.length === 0 ? templates : withNewUserFiles(templates, fields),
    facts,
    names,
    existing,
    foreignNames: fields.map(({ name }) => name),
    switches: readSwitches(facts, {
      features,
      existingModel,
      isFirst: (record.systems[0]?.names.model ?? names.model) === names.model,
      numericId: model?.fields.find((field) => field.id)?.type === 'Int',
      requiredFields: fields.length > 0,
    }),
    recorded: new Map(files.map(({ template, path }) => [template, path])),
  }
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

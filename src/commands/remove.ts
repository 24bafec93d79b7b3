import { planRemoval } from '../core/plan/removal-plan.js'
import { Problem } from '../core/problem.js'
import { systemsOf } from '../core/record/record.js'
import { type Environment, earlierTemplates, type Options, templatesOf } from '../environment.js'
import { applyPlan } from '../pipeline.js'
import { changeFeatures } from './change-features.js'

/** Takes features out of the app, or all of our auth; what its owner edited stays. */
export function remove(
  features: readonly string[],
  options: Options,
  environment: Environment,
): Promise<number> {
  if (options.all && features.length > 0) throw oneOrAll()
  if (options.all) return removeAll(options, environment)
  if (features.length === 0) throw nothingNamed()

  return changeFeatures('remove', features, options, environment)
}

function removeAll(options: Options, environment: Environment): Promise<number> {
  return applyPlan(
    ({ record, project }) => {
      systemsOf(record)

      return planRemoval(record, project, [
        templatesOf(environment, 'auth'),
        ...earlierTemplates(environment),
      ])
    },
    options,
    environment,
  )
}

function nothingNamed(): Problem {
  return new Problem(
    "Missing required argument 'feature'.",
    'Name a feature, or pass --all to take out everything that create-auth brought.',
    2,
  )
}

function oneOrAll(): Problem {
  return new Problem(
    'Features and --all exclude each other.',
    'Name features to take out, or pass --all alone.',
    2,
  )
}

import { planAdoption } from '../core/adopt/adopt-plan.js'
import { parseNames } from '../core/names/names.js'
import type { Words } from '../core/plan/choose-systems.js'
import { Problem } from '../core/problem.js'
import { findSystem } from '../core/record/record.js'
import { type Environment, type Options, readTestedPackages, templatesOf } from '../environment.js'
import { applyPlan, createSecret } from '../pipeline.js'
import { readReleases } from '../shell/read-releases.js'

/** A record for an app that has our files and none. No file of the app is changed by it. */
export function adopt(words: Words, options: Options, environment: Environment): Promise<number> {
  const names = parseNames(...words)
  const { version, packageFolder } = environment

  return applyPlan(
    (app) => {
      if (findSystem(app.record, names)) throw knownAlready()

      return planAdoption({
        ...app,
        names,
        releases: readReleases(packageFolder, {
          version,
          templates: templatesOf(environment, 'auth'),
        }),
        tested: readTestedPackages(environment),
        secret: createSecret(),
      })
    },
    options,
    environment,
  )
}

function knownAlready(): Problem {
  return new Problem(
    'This app has a record of its files already, in .create-auth.',
    'Run create-auth status to see what became of them.',
  )
}

import type { Facts } from '../facts/facts.js'
import type { Names } from '../names/names.js'
import type { AuthRecord } from '../record/record.js'
import type { Draft } from '../render/formatting.js'
import { buildPlan } from './build-plan.js'
import { combinePlans } from './combine-plans.js'
import type { Plan } from './plan.js'
import type { PlanRequest } from './plan-request.js'
import { changesIn } from './virtual-project.js'

/** One auth system as it is to be. */
export type WantedSystem = {
  names: Names
  features: readonly string[]
  prefix?: string | undefined
}

export type AppPlan = Plan & { facts: Facts; record: AuthRecord; drafts: Draft[] }

/** One plan for all of them; each is made on what the one before it would leave. */
export function planSystems(
  wanted: readonly [WantedSystem, ...WantedSystem[]],
  request: Omit<PlanRequest, 'names' | 'features'>,
): AppPlan {
  const [first, ...others] = wanted

  return others.reduce<AppPlan>(
    (plan, system) => {
      const project = changesIn(request.project, plan.operations)
      const next = buildPlan({ ...request, ...system, project, record: plan.record })

      return {
        ...combinePlans(plan, next),
        facts: next.facts,
        record: next.record,
        drafts: [...plan.drafts, ...next.drafts],
      }
    },
    buildPlan({ ...request, ...first }),
  )
}

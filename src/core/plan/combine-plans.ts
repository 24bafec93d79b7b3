import type { Operation, Plan, Verb } from './plan.js'

/** Two plans that were made one after the other, as one. */
export function combinePlans(first: Plan, second: Plan): Plan {
  return {
    operations: second.operations.reduce(add, first.operations),
    packages: {
      dependencies: { ...first.packages.dependencies, ...second.packages.dependencies },
      devDependencies: { ...first.packages.devDependencies, ...second.packages.devDependencies },
    },
    notices: [...new Set([...first.notices, ...second.notices])],
    beforeMigrating: [...(first.beforeMigrating ?? []), ...(second.beforeMigrating ?? [])],
  }
}

/** What both do to a file becomes one operation, from what was there to what will be. */
function add(operations: readonly Operation[], next: Operation): Operation[] {
  const index = operations.findIndex(
    ({ path, verb }) => path === next.path && verb !== 'by hand' && next.verb !== 'by hand',
  )
  const earlier = operations[index]
  if (!earlier) return [...operations, ...withoutEarlierChange(operations, next)]
  if (next.before === next.after) return [...operations]

  const joined = { ...next, before: earlier.before, verb: joinVerbs(earlier, next) }
  const note = [earlier.note, next.note].filter((text) => text !== undefined).join(', ')

  return operations.with(index, note === '' ? joined : { ...joined, note })
}

/** An edit that is left to a person writes nothing, whatever others do to the same file. */
function withoutEarlierChange(operations: readonly Operation[], next: Operation): Operation[] {
  const same = operations.some(
    ({ verb, path, paste }) => verb === next.verb && path === next.path && paste === next.paste,
  )

  return same ? [] : [next]
}

function joinVerbs(earlier: Operation, next: Operation): Verb {
  if (earlier.verb === 'conflict' || next.verb === 'conflict') return 'conflict'

  return earlier.before === null ? 'create' : next.verb
}

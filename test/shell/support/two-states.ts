import type { Operation } from '../../../src/core/plan/plan.js'
import type { Project } from '../../../src/core/project.js'

const COMMON = ['package.json', 'src/a.ts', 'src/b/c.ts']

/** Two states of one app: other texts in some files, and files that only one of them has. */
export const STATES: Record<'odd' | 'even', Record<string, string>> = {
  odd: { ...textsFor('odd', COMMON), 'src/odd/only.ts': 'odd' },
  even: { ...textsFor('even', COMMON), '.env': 'even', 'even.md': 'even' },
}

export type StateName = keyof typeof STATES

export function stateOf(project: Project): StateName {
  return project.get('package.json')?.startsWith('odd') ? 'odd' : 'even'
}

export function operationsBetween(from: StateName, to: StateName): Operation[] {
  const paths = new Set([...Object.keys(STATES[from]), ...Object.keys(STATES[to])])

  return [...paths].map((path) => ({
    verb: 'update',
    path,
    before: STATES[from][path] ?? null,
    after: STATES[to][path] ?? null,
  }))
}

function textsFor(state: string, paths: string[]) {
  return Object.fromEntries(paths.map((path) => [path, `${state} ${path}\n`.repeat(2000)]))
}

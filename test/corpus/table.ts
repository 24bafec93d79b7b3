// The results as text.

import { KINDS } from './apps.js'
import type { AppResult, Outcome, Results, StepResult } from './results.js'
import { STEPS, type StepName } from './step-names.js'

const MARK: Record<Outcome, string> = {
  ok: 'ok',
  'by hand': 'by hand',
  refused: 'refused',
  fail: '**fail**',
  'not here': '–',
}

/** While a run goes on: one line per app, a mark per step. */
export function lineOf({ name, steps }: AppResult): string {
  const marks = STEPS.flatMap((step) => {
    const outcome = steps[step]?.outcome

    return outcome === undefined ? [] : [`${step} ${MARK[outcome].replaceAll('*', '')}`]
  })

  return `${name}: ${marks.join(', ')}`
}

/** One table for each kind of app, the totals, and the reason for each step that is not ok. */
export function markdownOf(results: Results): string {
  const apps = Object.values(results)
  const tables = KINDS.map((kind) => [kind, apps.filter((app) => app.kind === kind)] as const)
    .filter(([, ofKind]) => ofKind.length > 0)
    .map(([kind, ofKind]) => `## Apps ${kind}\n\n${tableOf(ofKind)}\n\n${reasonsOf(ofKind)}`)

  return `${tables.join('\n\n')}\n`
}

function tableOf(apps: readonly AppResult[]): string {
  const steps = STEPS.filter((step) => apps.some((app) => app.steps[step] !== undefined))
  const rows = apps.map((app) => [
    app.name.replace('__', '/'),
    ...steps.map((step) => markOf(app.steps[step])),
  ])
  const totals = ['**ok, of those possible here**', ...steps.map((step) => totalOf(apps, step))]

  return [['app', ...steps], steps.concat().map(() => '---'), ...rows, totals]
    .map((cells, index) => `| ${(index === 1 ? ['---', ...cells] : cells).join(' | ')} |`)
    .join('\n')
}

function markOf(step: StepResult | undefined): string {
  return step === undefined ? '' : MARK[step.outcome]
}

/** How many are ok, and of how many that could be. */
export function totalOf(apps: readonly AppResult[], step: StepName): string {
  const outcomes = apps.flatMap(({ kind, steps }) => {
    const outcome = steps[step]?.outcome ?? 'not here'
    if (outcome === 'not here') return []

    return [kind === 'to be refused' ? outcome === 'refused' : outcome === 'ok']
  })

  return `${outcomes.filter(Boolean).length}/${outcomes.length}`
}

function reasonsOf(apps: readonly AppResult[]): string {
  return apps
    .flatMap(({ name, steps, answers }) => [
      ...(answers.length > 0 ? [`- ${name}: answered ${answers.join(' ')}`] : []),
      ...STEPS.flatMap((step) => {
        const found = steps[step]
        if (found === undefined || found.outcome === 'ok' || isFollowing(found)) return []

        return [`- ${name}, ${step}: ${found.outcome}: ${inOneLine(found.reason)}`]
      }),
    ])
    .join('\n')
}

/** A step that another one stands in the way of says nothing of its own. */
function isFollowing({ outcome, reason }: StepResult): boolean {
  return outcome === 'not here' && reason.startsWith('after ')
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim()
}

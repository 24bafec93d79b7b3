/**
 * The long form of the laws: `npm run laws -- [runs] [first run]`. Each run is a random case, of
 * which the law of lost words and one of the others, by turns, are asked. Ends with 1 where a law
 * does not hold; what such a run merged is kept in .tmp/laws, and its number brings it back:
 * `npm run laws -- 1 <number>`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Case, caseOf } from './cases.js'
import { LAWS, NOTHING_LOST } from './laws.js'

const { positionals } = parseArgs({ allowPositionals: true })
const [runs = 10_000, first = 0] = positionals.map(Number)
const others = [...LAWS.keys()].filter((name) => name !== NOTHING_LOST)
const start = performance.now()
let broken = 0

for (let run = first; run < first + runs; run += 1) {
  const asked = runs === 1 ? others : [others[run % others.length] ?? '']
  const given = caseOf(run)
  for (const name of [NOTHING_LOST, ...asked]) ask(name, run, given)
  if ((run + 1 - first) % 10_000 === 0) report(run + 1 - first)
}
report(runs)
process.exitCode = broken > 0 ? 1 : 0

function ask(name: string, run: number, given: Case): void {
  try {
    LAWS.get(name)?.(given)
  } catch (error) {
    broken += 1
    console.log(`\nrun ${run}, ${given.path}: not ${name}\n${(error as Error).message}`)
    keep(run, given)
  }
}

/** The numbers bring other cases once the examples are others. */
function keep(run: number, { path, ...versions }: Case): void {
  const folder = resolve('.tmp/laws', String(run))
  mkdirSync(folder, { recursive: true })
  for (const [side, text] of Object.entries(versions)) {
    writeFileSync(join(folder, `${side}-${basename(path)}`), text)
  }
}

function report(done: number): void {
  const seconds = (performance.now() - start) / 1000
  console.log(`${done} runs, ${broken} broken laws, ${seconds.toFixed(0)} s`)
}

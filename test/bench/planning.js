// How long it takes to plan an upgrade, in this process: of a whole app that its owner edited, and
// of more and larger files.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ratioOf, summarize } from './figures.js'
import { ROOT, stopWhenOver } from './workspace.js'

const ROUNDS = 7
const FILES = [10, 20, 40, 80]
const SIZES = [1, 2, 4, 8]
const LABELS = { ours: 'yours', base: 'before', theirs: 'now' }

/** Measures with what was built. */
export async function measurePlanning() {
  const load = async (path) => import(pathToFileURL(join(ROOT, 'dist', path)).href)
  const { merge } = await load('core/merging/merge.js')
  const plan = await planningOf(load)
  const mergeAll = (files) => () => {
    for (const [index, file] of files.entries()) merge(file, LABELS, `file-${index}.ts`)
  }

  return {
    app: { files: plan.files, milliseconds: summarize(timesOf([plan.run])[0]), aim: 2000 },
    byFiles: growth(FILES, (count) => mergeAll(filesOf(count, 1))),
    bySize: growth(SIZES, (size) => mergeAll(filesOf(5, size))),
    inConflict: growth(SIZES, (size) => mergeAll(filesOf(5, size, { inConflict: true }))),
  }
}

function growth(steps, workOf) {
  const times = timesOf(steps.map(workOf))

  return steps.map((step, index) => ({
    step,
    milliseconds: summarize(times[index]),
    ofFirst: ratioOf(times[index], times[0]),
  }))
}

/** In turns, so that what else the machine does meets all of them. */
function timesOf(works) {
  for (const work of works) work()
  const times = works.map(() => [])
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, work] of works.entries()) {
      stopWhenOver()
      const start = performance.now()
      work()
      times[index].push(performance.now() - start)
    }
  }

  return times
}

/**
 * Files of so many functions that both sides changed, ours in its own formatting: lines alone do
 * not do. In a conflict every rung is asked. No two are the same, so nothing is remembered.
 */
function filesOf(count, size, { inConflict = false } = {}) {
  return Array.from({ length: count }, (_, file) => {
    const names = Array.from({ length: 10 * size }, (_, at) => `work${file}of${at}`)
    const base = names.map(
      (name) =>
        `export async function ${name}(db: Database, id: string) {\n  const row = await db.find(id)\n\n  return row\n}\n`,
    )
    const changed = (from, to) =>
      base.map((text, at) => (at % 3 === 1 ? text.replace(from, to) : text)).join('\n')

    return {
      base: base.join('\n'),
      ours: changed('find(id)', 'find(id, mine)').replace(/^ {2}/gm, '\t'),
      theirs: inConflict
        ? changed('find(id)', 'find(id, now)')
        : changed('return row', 'return of(row)'),
    }
  })
}

/** The oldest version's default app, with an edit in each of its files, and the plan to today's. */
async function planningOf(load) {
  const [{ readReleases }, { readTemplates }, { renderApp }, { planSystems }] = await Promise.all([
    load('shell/read-releases.js'),
    load('shell/read-templates.js'),
    load('core/plan/new-app.js'),
    load('core/plan/plan-systems.js'),
  ])
  const [{ changesIn }, { readRecord }, { emptyRecord }, { DEFAULT_NAMES }, { defaultFeatures }] =
    await Promise.all([
      load('core/plan/virtual-project.js'),
      load('core/record/read-record.js'),
      load('core/record/record.js'),
      load('core/names/names.js'),
      load('core/features.js'),
    ])
  const { readTestedPackages } = await load('environment.js')
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const tested = readTestedPackages({ packageFolder: ROOT })
  const templates = readTemplates(join(ROOT, 'templates/auth'))
  const releases = readReleases(ROOT, { version, templates })
  const oldest = releases.at(-1)
  const features = defaultFeatures()
  const skeleton = renderApp(
    readTemplates(join(ROOT, 'templates/app')),
    { name: 'notes', db: 'sqlite', features },
    tested[5],
  )
  const known = {
    tested,
    earlier: releases.slice(1).map((release) => release.templates),
    secret: 'a-secret-that-nobody-may-ever-read-1234',
  }
  const first = planSystems([{ names: DEFAULT_NAMES, features }], {
    ...{ ...known, project: skeleton, record: emptyRecord(oldest.version) },
    ...{ templates: oldest.templates, version: oldest.version },
  })
  const isOurs = (path) => /^(?:src|test)\/.*\.ts$/.test(path)
  const owned = new Map(
    [...changesIn(skeleton, first.operations)].map(([path, text]) => [
      path,
      isOurs(path) ? `// mine\n${text.replace(/^ {2}/gm, '\t')}` : text,
    ]),
  )
  const record = readRecord(owned, version)
  const run = () =>
    planSystems(record.systems, { ...known, project: owned, record, templates, version })

  return { files: record.systems.flatMap(({ files }) => files).length, run }
}

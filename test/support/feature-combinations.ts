// New apps with every combination of the features that can be left out, in memory and on the disk.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { FEATURES } from '../../src/core/features.js'
import { DEFAULT_NAMES } from '../../src/core/names/names.js'
import { asCreation, renderApp } from '../../src/core/plan/new-app.js'
import { planSystems } from '../../src/core/plan/plan-systems.js'
import type { Project } from '../../src/core/project.js'
import { emptyRecord } from '../../src/core/record/record.js'
import { readTemplates } from '../../src/shell/read-templates.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const skeleton = readTemplates(join(root, 'templates/app'))
const templates = readTemplates(join(root, 'templates/auth'))
const example = readFileSync(join(root, 'examples/default/package.json'), 'utf8')
const version = '1.0.0'

export type Combination = { name: string; features: readonly string[] }

export const ALL_FEATURES: readonly string[] = FEATURES.map(({ name }) => name)

/** Every way to have and leave out features, from none of them to all. */
export function combinations(): Combination[] {
  const sets = ALL_FEATURES.reduce<string[][]>(
    (known, feature) => known.flatMap((set) => [set, [...set, feature]]),
    [[]],
  )

  return sets.map((features) => ({ name: features.join('+') || 'none', features }))
}

/**
 * A few combinations in which every two features are there together, alone, each without the
 * other, and both missing. Those that the examples are made with count already.
 */
export function pairwise(known: readonly (readonly string[])[]): Combination[] {
  const chosen: Combination[] = []
  const seen = new Set(known.flatMap(pairsOf))
  const missing = (features: readonly string[]) =>
    pairsOf(features).filter((pair) => !seen.has(pair)).length

  for (;;) {
    const best = combinations().toSorted(
      (one, other) => missing(other.features) - missing(one.features),
    )[0]
    if (best === undefined || missing(best.features) === 0) return chosen
    for (const pair of pairsOf(best.features)) seen.add(pair)
    chosen.push(best)
  }
}

function pairsOf(features: readonly string[]): string[] {
  const states = ALL_FEATURES.map((name) => `${features.includes(name) ? 'with' : 'no'} ${name}`)

  return states.flatMap((one, index) => states.slice(index + 1).map((other) => `${one}, ${other}`))
}

/** A new app as the command would write it. */
export function appWith({ features }: Combination): Project {
  const app = renderApp(skeleton, { name: 'my-app', db: 'sqlite', features }, example)
  const plan = planSystems([{ names: DEFAULT_NAMES, features }], {
    project: app,
    record: emptyRecord(version),
    templates,
    tested: { 4: example, 5: example, jest: example },
    version,
    secret: 'w8XkQz3vN7rJt5yLb2MdHf6cPs9GaE4u',
  })

  return new Map(asCreation(app, plan).map(({ path, after }) => [path, after ?? '']))
}

export function writeApp(folder: string, app: Project): void {
  for (const [path, text] of app) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A test that an app is given: its manifest says what its routes are, and who may use them. */
export const MANIFEST_TEST = `
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, test } from 'vitest'

import { authenticatedFixture } from './support/accounts-fixtures.js'
import { Browser } from './support/browser.js'
import { buildTestApp } from './support/build-app.js'

type Route = { method: 'GET' | 'POST' | 'DELETE'; path: string; access: string; csrf: boolean }

const file = new URL('../.create-auth/manifest.json', import.meta.url)
const { routes }: { routes: Route[] } = JSON.parse(readFileSync(file, 'utf8'))
const registered: string[] = []
let app: FastifyInstance

beforeAll(async () => {
  app = await buildTestApp({
    onRoute: ({ method, url }) => registered.push(...[method].flat().map((each) => each + ' ' + url)),
  })
})

afterAll(() => app.close())

test('the manifest names every route, and no other', () => {
  const own = registered.filter((route) => !route.startsWith('HEAD '))

  assert.deepEqual(routes.map(({ method, path }) => method + ' ' + path).sort(), own.sort())
})

for (const { method, path, access, csrf } of routes) {
  const url = path.replace(/:\\w+/g, 'x')

  test(method + ' ' + path + ' is ' + access, async () => {
    const { browser: fresh } = await authenticatedFixture(app)
    const { browser: remembered } = await authenticatedFixture(app, { fresh: false })
    const statusOf = async (browser: Browser) =>
      method === 'GET'
        ? (await browser.getJson(url)).statusCode
        : (await browser.sendJson(method, url)).statusCode
    const [visitor, user, late] = [
      await statusOf(new Browser(app)),
      await statusOf(fresh),
      await statusOf(remembered),
    ]

    assert.equal(visitor === 401, ['authenticated', 'sudo'].includes(access))
    assert.equal(late === 401, access === 'sudo')
    assert.equal(user === 403, access === 'anonymous')
  })

  if (csrf) {
    test(method + ' ' + path + ' needs a token', async () => {
      const { browser } = await authenticatedFixture(app)
      const headers = { accept: 'application/json' }
      for (const anybody of [browser, new Browser(app)]) {
        const { statusCode } = await anybody.request({ method, url, headers, payload: {} })
        assert.ok([401, 403].includes(statusCode))
      }
    })
  }
}
`

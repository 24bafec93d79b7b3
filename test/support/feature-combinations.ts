// New apps with every combination of the features that can be left out, in memory and on the disk.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { FEATURES } from '../../src/core/features.js'
import { DEFAULT_NAMES } from '../../src/core/names.js'
import { asCreation, renderApp } from '../../src/core/new-app.js'
import { planSystems } from '../../src/core/plan-systems.js'
import type { Project } from '../../src/core/project.js'
import { emptyRecord } from '../../src/core/record.js'
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

/** A new app as the command would write it. */
export function appWith({ features }: Combination): Project {
  const app = renderApp(skeleton, { name: 'my-app', db: 'sqlite', features }, example)
  const plan = planSystems([{ names: DEFAULT_NAMES, features }], {
    project: app,
    record: emptyRecord(version),
    templates,
    tested: { 4: example, 5: example },
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

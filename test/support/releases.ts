import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DEFAULT_NAMES } from '../../src/core/names/names.js'
import { renderApp } from '../../src/core/plan/new-app.js'
import { type AppPlan, planSystems } from '../../src/core/plan/plan-systems.js'
import { changesIn } from '../../src/core/plan/virtual-project.js'
import type { Project } from '../../src/core/project.js'
import { readRecord } from '../../src/core/record/read-record.js'
import { emptyRecord } from '../../src/core/record/record.js'
import type { Templates } from '../../src/core/render/render-system.js'
import { readTestedPackages } from '../../src/environment.js'
import { readReleases } from '../../src/shell/read-releases.js'
import { readTemplates } from '../../src/shell/read-templates.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tested = readTestedPackages({ packageFolder: root })
const skeleton = readTemplates(`${root}/templates/app`)
const secret = 'a-secret-that-nobody-may-ever-read-1234'

export const VERSION: string = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).version

/** All versions, the newest, which is today's, first. */
export const RELEASES = readReleases(root, {
  version: VERSION,
  templates: readTemplates(`${root}/templates/auth`),
})

export const TODAY = RELEASES[0]
export const EARLIER = RELEASES.slice(1).map(({ version, templates }) => ({
  version,
  templates: withoutLater(templates),
}))

/** Without what came since: files of functions that this version still has in another file. */
function withoutLater(templates: Templates): Templates {
  const moved = new Set(
    [...templates].flatMap(([path, text]) => {
      const today = TODAY.templates.get(path)
      const stay = today === undefined ? [] : declaredIn(today)

      return today === text ? [] : declaredIn(text).filter((name) => !stay.includes(name))
    }),
  )
  const isLater = ([path, text]: [string, string]) =>
    TODAY.templates.get(path) === text && declaredIn(text).some((name) => moved.has(name))

  return new Map([...templates].filter((one) => !isLater(one)))
}

function declaredIn(text: string): string[] {
  return [...text.matchAll(/^(?:export )?(?:async )?function (\w+)/gm)].map(
    ([, name]) => name ?? '',
  )
}

/** A new app as a version wrote it, in memory. */
export function appOf({ version, templates }: (typeof RELEASES)[number], html: boolean): Project {
  const features = html ? ['html'] : []
  const app = renderApp(skeleton, { name: 'notes', db: 'sqlite', features }, tested[5])
  const plan = planSystems([{ names: DEFAULT_NAMES, features }], {
    ...{ project: app, record: emptyRecord(version), templates, tested, version, secret },
  })

  return changesIn(app, plan.operations)
}

/** What a version, today's unless told, would do to an app, and what would come of it. */
export function upgraded(
  app: Project,
  { version, templates } = TODAY,
): { plan: AppPlan; project: Project } {
  const record = readRecord(app, version)
  const [first, ...others] = record.systems
  if (!first) throw new Error('The app has no record.')
  const plan = planSystems([first, ...others], {
    ...{ project: app, record, templates, tested, version, secret },
    earlier: EARLIER.map((release) => release.templates),
  })

  return { plan, project: changesIn(app, plan.operations) }
}

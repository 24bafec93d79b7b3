import { resolve } from 'node:path'
import type { Examined } from '../core/doctor/check.js'
import { type Examination, examine } from '../core/doctor/examine.js'
import { neededPackages } from '../core/doctor/needed-packages.js'
import { strongSecrets } from '../core/doctor/secrets.js'
import { readEnvironment } from '../core/edits/env-file.js'
import { readPresent } from '../core/facts/present/read-present.js'
import { modelsOf, withoutGenerated } from '../core/plan/ours.js'
import { Problem } from '../core/problem.js'
import { type Environment, type Options, readTestedPackages, templatesOf } from '../environment.js'
import { type App, asItIs, planApp, readApp } from '../pipeline.js'
import { findApp } from '../shell/find-app.js'
import { whereGitHas } from '../shell/git.js'
import { readInstalled } from '../shell/installed.js'
import { showExaminations } from '../show-examinations.js'

/** Whether the log-in of an app is well: read from its files, without a network or a database. */
export async function doctor(options: Options, environment: Environment): Promise<number> {
  const root = await findApp(resolve(options.cwd), environment.stderr)
  const app = await readApp(root, environment)
  if (app.record.systems.length === 0) {
    throw new Problem(
      'There is no auth of create-auth in this app, or its .create-auth folder is missing.',
      'Run create-auth scaffold first.',
    )
  }

  return showExaminations(await examineApp(app, environment), options, environment)
}

/** What keeps a run from being planned is the first thing to put right. */
async function examineApp(app: App, environment: Environment): Promise<Examination[]> {
  try {
    return examine(await lookAt(app, environment))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { message, next: fix } = error

    return [{ check: 'app', healthy: '', findings: [{ level: 'problem', message, fix }] }]
  }
}

async function lookAt(app: App, environment: Environment): Promise<Examined> {
  const { facts, operations } = await planApp(app, asItIs, environment)
  const { root, project, record } = app
  const own = withoutGenerated(project, record)
  const variables = environmentOf(app)
  const templates = templatesOf(environment, 'auth')
  const needed = neededPackages(
    { project: own, facts, templates, record },
    readTestedPackages(environment),
  )

  return {
    project,
    own,
    record,
    facts,
    operations,
    needed,
    present: readPresent(own, facts, modelsOf(record)),
    environment: variables,
    committed: await whereGitHas(root, strongSecrets(variables.get('SESSION_SECRET') ?? '')),
    installed: readInstalled(root, needed.keys()),
  }
}

const VARIABLES = [
  'APP_ORIGIN',
  'COOKIE_DOMAIN',
  'MAIL_FROM',
  'SESSION_SECRET',
  'SMTP_URL',
  'TRUST_PROXY',
]

/** As dotenv does it: what the process was started with comes before what a file says. */
function environmentOf({ project }: App): ReadonlyMap<string, string> {
  const files = ['.env', '.env.local'].flatMap((path) => [
    ...readEnvironment(project.get(path) ?? ''),
  ])
  const started = VARIABLES.flatMap((name): [string, string][] => {
    const value = process.env[name]

    return value === undefined ? [] : [[name, value]]
  })

  return new Map([...files, ...started])
}

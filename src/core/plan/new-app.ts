import { featureSwitches, isWritten } from '../features.js'
import { DEFAULT_NAMES } from '../names/names.js'
import { defaultPrefix, movePaths } from '../names/prefix.js'
import { Problem } from '../problem.js'
import type { Project } from '../project.js'
import { renderTemplate } from '../render/render.js'
import type { Templates } from '../render/render-system.js'
import { tidyImports } from '../render/tidy-imports.js'
import { packagesToAdd } from './packages.js'
import type { Operation, Plan } from './plan.js'
import { changesIn } from './virtual-project.js'

export type NewApp = {
  /** As it was asked for; it becomes the name of the package. */
  name: string
  db: 'sqlite' | 'postgresql'
  /** Where the routes of its log-in begin, when that is not `/users`. */
  prefix?: string
  features: readonly string[]
}

/** The skeleton of a new app, in memory, as yet without auth. */
export function renderApp(
  templates: Templates,
  { name, db, prefix = defaultPrefix(DEFAULT_NAMES), features }: NewApp,
  example: string,
): Project {
  const switches = {
    ...featureSwitches(features),
    sqlite: db === 'sqlite',
    postgresql: db === 'postgresql',
    ownSession: true,
  }
  const files = [...templates]
    .filter(([path]) => isWritten(path, switches))
    .map(([path, text]): [string, string] => {
      const rendered = movePaths(
        renderTemplate(text, switches),
        defaultPrefix(DEFAULT_NAMES),
        prefix,
      )

      return [withDot(path), path.endsWith('.ts') ? tidyImports(rendered) : rendered]
    })
  const app = new Map(files)
  app.set('package.json', packageFor(app.get('package.json') ?? '{}', packageName(name), example))
  const environment = app.get('.env.example')
  if (environment !== undefined) app.set('.env', environment)

  return app
}

/** One plan for the skeleton and what is added to it: every file is new. */
export function asCreation(app: Project, plan: Plan): Operation[] {
  const added = new Map(plan.operations.map((operation) => [operation.path, operation]))

  return [...changesIn(app, plan.operations)].map(([path, after]) => ({
    verb: 'create',
    path,
    before: null,
    after,
    ...(path === '.env' || added.get(path)?.isSecret ? { mode: 0o600, isSecret: true } : {}),
  }))
}

// npm leaves `.gitignore` out of every package, so the template has another name.
function withDot(path: string): string {
  return path.replace(/(^|\/)_gitignore$/, '$1.gitignore')
}

/** A name that npm accepts, as near as possible to that of the folder. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
    .slice(0, 100)
  if (name !== '' && name !== 'node_modules') return name

  throw new Problem(
    `No package name can be made of ${JSON.stringify(folder.slice(0, 60))}.`,
    'Choose a folder with letters or digits in its name: create-auth new my-app',
    2,
  )
}

/** The skeleton's own package.json, in the versions that the committed example was tested with. */
function packageFor(text: string, name: string, example: string): string {
  const { dependencies, devDependencies } = packagesToAdd(text, example, { types: true })

  return `${JSON.stringify({ ...JSON.parse(text), name, dependencies, devDependencies }, null, 2)}\n`
}

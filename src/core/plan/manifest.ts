import type { ParseError } from 'jsonc-parser'
import { parseJson } from '../edits/commonjs.js'
import type { Facts, ModelFacts } from '../facts/facts.js'
import { readSchema } from '../facts/read-schema.js'
import { companionsOf, inSchema, type Names } from '../names/names.js'
import { printJson } from '../print-json.js'
import type { Project } from '../project.js'
import { FOLDER } from '../record/record.js'
import type { UserFields } from '../user-model/user-fields.js'
import { schemaFiles } from './schema-steps.js'

/**
 * What the auth of an app looks like from outside: routes, cookies, tokens, limits, tables. It
 * begins as a template, beside the code that it describes, and gets what only this app knows.
 */
export function buildManifest(
  rendered: string,
  { version, features, names, prefix }: Described,
  project: Project,
  { facts, fields }: { facts: Facts; fields: UserFields },
): string {
  const manifest = {
    version,
    features,
    names,
    prefix,
    ...parseFragment(rendered),
    tables: tablesOf(names, readSchema(schemaFiles(project, facts)).models, fields),
  }

  return printJson(manifest)
}

export type Described = {
  version: string
  features: readonly string[]
  names: Names
  prefix: string
}

/** The first auth system of an app has the plain name; others carry theirs. */
export function manifestPath(names: Names, isFirst: boolean): string {
  return isFirst ? `${FOLDER}/manifest.json` : `${FOLDER}/manifest.${toKebab(names.plural)}.json`
}

function toKebab(snake: string): string {
  return snake.replaceAll('_', '-')
}

/** Lines that a feature adds end with a comma, which the last line of a list must not have in JSON. */
function parseFragment(text: string): object {
  if (text === '') return {}
  const errors: ParseError[] = []
  const value: unknown = parseJson(text, errors, { allowTrailingComma: true })
  if (errors.length > 0 || typeof value !== 'object' || value === null) {
    throw new Error('The manifest template is not JSON.')
  }

  return value
}

/** The routes that a rendered manifest lists. */
export function routesIn(rendered: string): { method: string; path: string }[] {
  const { routes = [] } = parseFragment(rendered) as { routes?: { method: string; path: string }[] }

  return routes
}

/** What the last run wrote down of each auth system. */
export type WrittenManifest = {
  routes: { method: string; path: string }[]
  tables: Record<string, Record<string, string>>
}

/** The manifests of an app. One that somebody broke is as good as none. */
export function readManifests(project: Project): WrittenManifest[] {
  return [...project]
    .filter(([path]) => /^\.create-auth\/manifest(?:\.[\w-]+)?\.json$/.test(path))
    .flatMap(([, text]) => {
      const { routes, tables } = (parseJson(text, []) ?? {}) as Partial<WrittenManifest>

      return Array.isArray(routes) && typeof tables === 'object' ? [{ routes, tables }] : []
    })
}

type Columns = Record<string, string>

function tablesOf(
  names: Names,
  models: ReadonlyMap<string, ModelFacts>,
  fields: UserFields,
): Record<string, Columns> {
  const own = inSchema(names)
  const ours = [own, ...companionsOf(names).map(({ model }) => model)]
  const found = ours.flatMap((name) => models.get(name) ?? [])

  return Object.fromEntries(
    found.map((model) => {
      const columns = columnsOf(model, models)

      return [model.table, model.name === own ? withOurNames(columns, fields) : columns]
    }),
  )
}

/** Whoever reads the manifest asks for our names, and finds the app's besides. */
function withOurNames(columns: Columns, fields: UserFields): Columns {
  const ours = Object.entries(fields).flatMap(([name, theirs]): [string, string][] => {
    const column = columns[theirs]

    return column === undefined ? [] : [[name, column]]
  })

  return { ...columns, ...Object.fromEntries(ours) }
}

/** A relation is no column. */
function columnsOf(model: ModelFacts, models: ReadonlyMap<string, ModelFacts>): Columns {
  const stored = model.fields.filter(({ type }) => !models.has(type))

  return Object.fromEntries(stored.map(({ name, column }) => [name, column]))
}

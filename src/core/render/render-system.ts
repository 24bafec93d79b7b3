import { quoted } from '../edits/source-style.js'
import { moduleOf, withoutExtension } from '../edits/specifier.js'
import type { Facts, ModelFacts } from '../facts/facts.js'
import { isWritten } from '../features.js'
import { inSchema, type Names } from '../names/names.js'
import { defaultPrefix, movePaths } from '../names/prefix.js'
import type { Project } from '../project.js'
import { nameFields } from '../user-model/name-fields.js'
import { markRowFields, nameRowFields } from '../user-model/name-row-fields.js'
import { adaptOldPasswords } from '../user-model/old-passwords.js'
import { allowNoEmail } from '../user-model/optional-email.js'
import { adaptSql } from '../user-model/raw-sql.js'
import { lengthOf, type UserFields } from '../user-model/user-fields.js'
import { withCompanions } from './companions.js'
import { isFragment } from './fragments.js'
import { inLanguageOf } from './language.js'
import { type Layout, layOut, placeInApp } from './layout.js'
import { withTypedRoutes } from './old-fastify.js'
import { withTimeoutsLast } from './old-vitest.js'
import { adaptClient } from './own-client.js'
import { relocate } from './relocate.js'
import { rename, renamePath } from './rename.js'
import { renderTemplate } from './render.js'
import { nameSchemaModel } from './schema-model.js'
import { overSecureSession } from './secure-session.js'
import { withoutStandIn } from './stand-in.js'
import { tidyImports } from './tidy-imports.js'
import { allowUnusedInTypes } from './unused-in-types.js'

/** The templates by their paths, which are their ids. */
export type Templates = ReadonlyMap<string, string>

/** A file as this version writes it for this app. */
export type Generated = {
  template: string
  path: string
  text: string
  /** The app's own file that has its usual place. */
  gaveWayTo?: string
}

export type Rendering = {
  /** The app, without what we wrote. */
  project: Project
  templates: Templates
  facts: Facts
  names: Names
  /** Where the routes begin: `/users`. */
  prefix: string
  switches: Readonly<Record<string, boolean>>
  /** The user model that the app had before us. */
  existing: ModelFacts | null
  /** What our fields are called in the model of the users. */
  fields: UserFields
  /** Names of the app in the templates, which are none of ours to rename. */
  foreignNames: readonly string[]
  /** The auth system that the app had first, when it is another one. */
  beside: Names | null
  /** Where earlier runs put the files of this system, by template. */
  recorded: ReadonlyMap<string, string>
  /** Whether an earlier run registered the plugin by a line in the app's own code. */
  mounted: boolean
}

/** All files of one auth system. `crowded` templates go to a folder of the system's own. */
export function renderSystem(
  rendering: Rendering,
  crowded: ReadonlySet<string> = new Set(),
): Generated[] {
  const written = [...rendering.templates.keys()].filter(
    (template) => !isFragment(template) && isWritten(template, rendering.switches),
  )
  const layout = layOut(written, { ...rendering, crowded })
  const find = findIn(layout, rendering)

  return [...layout].map(([template, path]) => ({
    template,
    path,
    text: renderFile(template, path, rendering, find),
  }))
}

/** The text of a template for this app, as yet without a place in it. */
export function renderText(
  template: string,
  { templates, switches, names, prefix, beside, foreignNames, fields }: Rendering,
): string {
  const rendered = renderTemplate(templates.get(template) ?? '', switches)
  const open = switches.optionalEmail ? allowNoEmail(rendered, template) : rendered
  const inSession = switches.secureSession ? overSecureSession(open) : open
  const text = withCompanions(markRowFields(inSession, template, fields), names)
  const inPlace = (whole: string) =>
    nameSchemaModel(
      nameRowFields(movePaths(whole, defaultPrefix(names), prefix), fields),
      template,
      names,
    )
  const renamed = (part: string) => renameScope(rename(part, names, template), names, beside)
  const kept = foreignNames.filter((name) => renamed(name) !== name)
  if (kept.length === 0) return inPlace(renamed(text))
  const parts = text.split(new RegExp(`\\b(${kept.join('|')})\\b`))

  return inPlace(parts.map((part, index) => (index % 2 === 1 ? part : renamed(part))).join(''))
}

// `request.currentScope` belongs to the first auth system; each further one brings its own.
const CURRENT_SCOPE = /\b(fetchC|c)urrentScope\b/g

function renameScope(text: string, names: Names, beside: Names | null): string {
  return beside === null ? text : text.replace(CURRENT_SCOPE, `$1urrent${names.model}Scope`)
}

function renderFile(
  template: string,
  path: string,
  rendering: Rendering,
  find: (path: string) => string,
): string {
  const { existing, facts, names, fields } = rendering
  const named = nameFields(
    withInputFor(rendering, renderText(template, rendering)),
    fields,
    template,
  )
  if (!template.endsWith('.ts')) return named

  const move = { from: renamePath(template, names), to: path, find }
  const adaptations: readonly ((text: string) => string)[] = [
    (text) => adaptOldPasswords(text, template, facts),
    (text) => adaptEmailLength(text, template, rendering),
    (text) => adaptAppName(text, template, facts),
    (text) => adaptSql(text, existing, { ...facts, fields }),
    (text) => relocate(text, move, facts),
    (text) => (facts.tests.isOldVitest ? withTimeoutsLast(text) : text),
    (text) => text.replace(TEST_RUNNER, `from '${facts.tests.runner}'`),
    (text) => adaptClient(template, text, path, rendering),
    (text) => withoutStandIn(template, text, path, rendering),
    (text) => (facts.fastify.major === 4 ? withTypedRoutes(text, path) : text),
    tidyImports,
    (text) => (facts.hasUnusedVars ? allowUnusedInTypes(text, path) : text),
    (text) => inLanguageOf(facts, text),
  ]

  return adaptations.reduce((text, adapt) => adapt(text), named)
}

/** Only the unchecked input takes the columns of relations, which is what has to be decided. */
function withInputFor({ switches, names }: Rendering, text: string): string {
  if (!switches.decidedFields) return text

  return text.replaceAll(
    `Prisma.${inSchema(names)}CreateInput`,
    `Prisma.${inSchema(names)}UncheckedCreateInput`,
  )
}

/** RFC 5321, and what the template has. */
const LONGEST_EMAIL = 254

/** An address that the column has no room for is refused like any other that is too long. */
function adaptEmailLength(
  text: string,
  template: string,
  { existing, facts, fields }: Pick<Rendering, 'existing' | 'facts' | 'fields'>,
): string {
  const email = existing?.fields.find(({ name }) => name === fields.email)
  if (template !== 'src/accounts/email.ts' || email === undefined) return text
  // Prisma makes VARCHAR(191) of a String, so that MySQL can index it.
  const usual = facts.prisma.provider === 'mysql' ? 191 : LONGEST_EMAIL
  const room = lengthOf(email) ?? usual

  return text.replace(
    `LONGEST_EMAIL = ${LONGEST_EMAIL}`,
    `LONGEST_EMAIL = ${Math.min(room, LONGEST_EMAIL)}`,
  )
}

/** What the app is called is one of the first guesses at a password in it. */
function adaptAppName(text: string, template: string, { name }: Facts): string {
  if (template !== 'src/accounts/common-passwords.ts') return text
  const words = name === '' ? '' : quoted(name, "'")

  return text.replace("OWN_WORDS: string[] = ['my-app']", () => `OWN_WORDS: string[] = [${words}]`)
}

// Templates use only what vitest and node:test have in common, so the name is all that differs.
const TEST_RUNNER = /\bfrom 'vitest'$/m

/** Templates may import what only the app knows, under these names. */
function appModules({ fastify, prisma }: Facts): [string, string][] {
  return [
    ['src/generated/prisma/client', prisma.client],
    ['src/app', moduleOf(fastify.file)],
  ]
}

function findIn(layout: Layout, { facts, names }: Rendering): (path: string) => string {
  const modules = new Map([
    ...appModules(facts),
    ...[...layout].map(([template, path]): [string, string] => [
      withoutExtension(renamePath(template, names)),
      moduleOf(path),
    ]),
  ])

  return (path) => modules.get(path) ?? moduleOf(placeInApp(path, facts))
}

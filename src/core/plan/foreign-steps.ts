import type { Edit } from '../edits/edit.js'
import { addEnvironmentVariables, type EnvironmentVariable } from '../edits/env-file.js'
import { addIgnoredPaths } from '../edits/ignore-file.js'
import { addToPackageJson } from '../edits/package-json.js'
import type { DenyingHook } from '../facts/present/read-hooks.js'
import { foldersAbove } from '../facts/workspace.js'
import type { Project } from '../project.js'
import type { RecordedEdit } from '../record/record.js'
import { FRAGMENTS } from '../render/fragments.js'
import { type Generated, type Rendering, renderText } from '../render/render-system.js'
import { mountStep } from './mount.js'
import { hookSteps } from './open-hooks.js'
import { packagesToAdd, type TestedPackages, testedWith } from './packages.js'
import type { Step } from './plan-edits.js'
import { pruneScript } from './prune-script.js'
import { schemaSteps, userFields } from './schema-steps.js'
import { wholeUserSteps } from './whole-users.js'

export type ForeignRequest = {
  project: Project
  /** The app, and what was read of the repository around it. */
  everything: Project
  rendering: Rendering
  /** What this run writes. */
  generated: readonly Generated[]
  /** Where the plugin goes that the app has to register. */
  plugin: string
  tested: TestedPackages
  secret: string
  /** Hooks for the whole app that turn requests away. */
  hooks: readonly DenyingHook[]
  /** What earlier runs added. */
  recorded: readonly RecordedEdit[]
}

/** Every edit to a file that is the app's own, in the order of the report. */
export function foreignSteps(request: ForeignRequest): Step[] {
  const { everything, rendering, plugin, recorded } = request
  const { facts, names, fields, existing } = rendering
  const schema = renderText(FRAGMENTS.schema, rendering)
  const mount = mountStep(rendering, plugin)

  return [
    ...schemaSteps(schema, { project: everything, facts, names, fields, recorded }),
    ...(mount === null ? [] : [mount]),
    ...hookSteps(request.hooks, rendering.prefix),
    ...wholeUserSteps({
      ...{ project: withoutOurs(request), rendering, recorded },
      lines: existing === null ? [] : userFields(schema, existing, { names, fields }),
    }),
    packageStep(request),
    ignoreStep(request),
    ...environmentSteps(request),
  ]
}

function withoutOurs({ project, generated }: ForeignRequest): Project {
  const ours = new Set(generated.map(({ path }) => path))

  return new Map([...project].filter(([path]) => !ours.has(path)))
}

function packageStep({ project, generated, rendering, tested }: ForeignRequest): Step {
  const example = testedWith(rendering.facts, tested)
  const additions = packagesToAdd(renderText(FRAGMENTS.packages, rendering), example, {
    types: rendering.facts.language === 'ts',
  })
  const scripts = { ...additions.scripts, ...pruneScript(rendering, generated, project) }

  return {
    id: 'packages',
    file: 'package.json',
    anchor: 'dependencies',
    note: '+ packages',
    edit: (text) => addToPackageJson(text, { ...additions, scripts }),
  }
}

const IGNORE_FILE = '.gitignore'

function ignoreStep({ everything, rendering }: ForeignRequest): Step {
  const paths = linesOf(renderText(FRAGMENTS.ignored, rendering))
  const isIgnored = ignoresAbove(everything, paths)

  return {
    id: 'ignored',
    file: IGNORE_FILE,
    anchor: paths.join(' '),
    note: `+ ${paths.join(' ')}`,
    edit: (text) => {
      const edit = addIgnoredPaths(text, paths)

      return edit.kind === 'done' && isIgnored ? { kind: 'already done' } : edit
    },
  }
}

/** Whether the repository that the app lies in ignores those paths everywhere. */
function ignoresAbove(everything: Project, paths: readonly string[]): boolean {
  return foldersAbove(everything)
    .map((folder) => everything.get(`${folder}/${IGNORE_FILE}`))
    .some((text) => text !== undefined && addIgnoredPaths(text, paths).kind === 'already done')
}

function environmentSteps({ project, rendering, secret }: ForeignRequest): Step[] {
  const variables = variablesIn(renderText(FRAGMENTS.environment, rendering))
  const example = EXAMPLES.find((path) => project.has(path)) ?? FRAGMENTS.environment
  const isIgnored = addIgnoredPaths(project.get(IGNORE_FILE) ?? '', ['.env']).kind !== 'cannot'

  return [
    {
      id: 'environment:example',
      file: example,
      anchor: variables.map(({ key }) => key).join(' '),
      note: `+ ${variables.map(({ key }) => key).join(', ')}`,
      edit: (text) => addEach(text, variables, example),
    },
    {
      id: 'environment:secret',
      file: '.env',
      anchor: SECRET,
      note: `+ ${SECRET}`,
      isSecret: true,
      mode: 0o600,
      edit: (text) => (isIgnored ? addSecret(text, secret) : cannotKeepSecret()),
    },
  ]
}

/** One by one, so that each stands apart with its comments. */
function addEach(text: string, variables: readonly EnvironmentVariable[], path: string): Edit {
  let after = text
  const inserted: string[] = []
  for (const variable of variables) {
    const edit = addEnvironmentVariables(after, [variable], path)
    if (edit.kind === 'cannot') return edit
    if (edit.kind === 'already done') continue
    after = edit.text
    inserted.push(...edit.inserted)
  }

  return inserted.length === 0 ? { kind: 'already done' } : { kind: 'done', text: after, inserted }
}

const EXAMPLES = ['.env.example', '.env.sample', '.env.template', 'example.env', '.env.dist']
const SECRET = 'SESSION_SECRET'
const PLACEHOLDER = `${SECRET}=  # the output of: openssl rand -base64 32\n`

function addSecret(text: string, secret: string): Edit {
  const edit = addEnvironmentVariables(text, [{ key: SECRET, value: secret }])

  // A secret that was printed is none any more.
  return edit.kind === 'cannot' ? { ...edit, paste: PLACEHOLDER } : edit
}

function cannotKeepSecret(): Edit {
  return {
    kind: 'cannot',
    reason: 'Git does not ignore .env here, and a committed secret is none.',
    paste: PLACEHOLDER,
  }
}

/** The variables of a .env file, each with the comments right above it. */
function variablesIn(text: string): EnvironmentVariable[] {
  let comments: string[] = []

  return text.split('\n').flatMap((line) => {
    const [, key, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (key === undefined) {
      comments = line.startsWith('#') ? [...comments, line.replace(/^# ?/, '')] : []
      return []
    }
    const variable = { key, value, comments }
    comments = []

    return [variable]
  })
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestedPackages } from './core/plan/packages.js'
import type { Templates } from './core/render/render-system.js'
import { canAsk } from './shell/ask.js'
import { readReleases } from './shell/read-releases.js'
import { readTemplates } from './shell/read-templates.js'

/** What a command was told on its command line. */
export type Options = {
  cwd: string
  yes?: boolean
  dryRun?: boolean
  json?: boolean
  allowDirty?: boolean
  /** With pages or without; undefined when nobody said. */
  html?: boolean
  /** Features to leave out. */
  without?: string[]
  /** Where the routes begin. */
  prefix?: string
  db?: 'sqlite' | 'postgresql'
  skipInstall?: boolean
  skipMigrate?: boolean
  incoming?: boolean
  result?: boolean
  back?: boolean
  all?: boolean
  strict?: boolean
  securityOnly?: boolean
  sarif?: boolean
  only?: string[]
}

/** Where a command runs: what it writes to, and which templates it has. */
export type Environment = {
  version: string
  stdout: Output
  stderr: Output
  /** The folder with `templates` and `examples`. */
  packageFolder: string
}

type Output = { isTTY?: boolean; columns?: number; write: (text: string) => unknown }

/** Questions need a person; with `--yes` there is nothing to ask, and with `--json` nobody. */
export function isInteractive({ yes, json }: Options): boolean {
  return !yes && !json && canAsk()
}

export function templatesOf({ packageFolder }: Environment, name: 'auth' | 'app'): Templates {
  return readTemplates(join(packageFolder, 'templates', name))
}

/** What earlier versions wrote. */
export function earlierTemplates(environment: Environment): Templates[] {
  const { packageFolder, version } = environment
  const now = { version, templates: templatesOf(environment, 'auth') }

  return readReleases(packageFolder, now)
    .slice(1)
    .map(({ templates }) => templates)
}

/** The packages that were tested together; our own, before there is an example. */
export function readTestedPackages({
  packageFolder,
}: Pick<Environment, 'packageFolder'>): TestedPackages {
  const read = (path: string) => readFileSync(join(packageFolder, path), 'utf8')
  const example = 'examples/default/package.json'

  return {
    4: read('examples/fastify-4/package.json'),
    5: read(existsSync(join(packageFolder, example)) ? example : 'package.json'),
    jest: read('examples/jest/package.json'),
  }
}

// Where one app is measured, and what each step needs to know of it.

import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

import { type App, installFolder } from './apps.js'
import type { Workshop } from './checks.js'
import { withKeys } from './key-pair.js'
import { MANAGERS, managerOf, type PackageManager, provideTool } from './packages.js'
import { databaseEnv, type PrismaApp, readPrisma } from './prisma.js'
import type { AppResult } from './results.js'

export type Site = {
  app: App
  result: AppResult
  work: string
  /** The app as its owner left it, with its packages. */
  before: string
  /** The copy that gets its auth. */
  after: string
  /** What the last scaffold created, and what it changed, relative to the app's folder. */
  written: string[]
  changed: string[]
  /** The migrated database of the copy. */
  database: string | null
}

export function createSite(app: App, result: AppResult, work: string): Site {
  return {
    app,
    result,
    work,
    before: join(work, 'apps', app.name, 'before'),
    after: join(work, 'apps', app.name, 'after'),
    written: [],
    changed: [],
    database: null,
  }
}

export function appFolder({ app }: Site, root: string): string {
  return join(root, app.folder)
}

export function prismaOf({ app }: Site, root: string): PrismaApp | null {
  return readPrisma(join(root, app.prismaFolder))
}

export function managerIn(
  { app }: Site,
  root: string,
): { folder: string; manager: PackageManager } {
  const folder = installFolder(root, app.folder)

  return { folder, manager: app.manager ? MANAGERS[app.manager] : managerOf(folder) }
}

/** The programs that the app's scripts call: its package manager, and those of its workspace. */
export async function pathOf(site: Site, root: string): Promise<string[]> {
  const { folder, manager } = managerIn(site, root)
  const tool = manager.package === null ? [] : [await provideTool(site.work, manager.package)]

  return [...tool, join(appFolder(site, root), 'node_modules/.bin'), `${folder}/node_modules/.bin`]
}

export async function workshop(site: Site, root: string, url: string | null): Promise<Workshop> {
  return {
    folder: appFolder(site, root),
    env: environment(site, root, url),
    path: await pathOf(site, root),
  }
}

export function environment({ app }: Site, root: string, url: string | null) {
  const prisma = readPrisma(join(root, app.prismaFolder))
  const own = Object.entries(app.env).map(([name, value]) => [
    name,
    withKeys(inDatabase(value, url)),
  ])

  return {
    ...(url === null || prisma === null ? {} : databaseEnv(prisma, url)),
    ...(Object.fromEntries(own) as Record<string, string>),
  }
}

/** `{database}`, `{host}`, `{port}`, `{user}` and `{name}` stand for parts of the address. */
function inDatabase(value: string, address: string | null): string {
  if (address === null || !value.includes('{')) return value
  const url = new URL(address)
  const parts: Record<string, string> = {
    database: address,
    host: url.hostname,
    port: url.port,
    user: url.username,
    name: url.pathname.slice(1),
  }

  return value.replace(/\{(\w+)\}/g, (match, part: string) => parts[part] ?? match)
}

/** An app is started with the settings that its owner proposes. */
export function provideEnvFile({ app }: Site, root: string): void {
  const folder = join(root, app.folder)
  if (existsSync(join(folder, '.env'))) return
  const proposed = [app.envFile ?? '.env.example', '.env.sample', '.env.template', '.env.dist']
  const file = proposed.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (file !== undefined) copyFileSync(file, join(folder, '.env'))
}

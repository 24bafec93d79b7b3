// The app as its owner left it: installed, and asked what its own tools think of it.

import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { compile, test } from './checks.js'
import { canRun, NEWEST } from './clients.js'
import { lastWords, run } from './commands.js'
import { commitAll, copyCheckout, restore } from './copies.js'
import { createDatabase } from './databases.js'
import { addPackages, install } from './packages.js'
import { applySchema, generate, migrate, type PrismaApp } from './prisma.js'
import { askOwnPaths, serve } from './serve.js'
import {
  environment,
  managerIn,
  pathOf,
  prismaOf,
  provideEnvFile,
  type Site,
  workshop,
} from './site.js'
import { notHere, ok, type Verdict } from './verdict.js'

export async function installBefore(site: Site): Promise<Verdict> {
  await copyCheckout(site.app.checkout, site.before)
  for (const path of site.app.without) rmSync(join(site.before, path), { recursive: true })
  provideEnvFile(site, site.before)
  const { folder, manager } = managerIn(site, site.before)
  const path = await pathOf(site, site.before)
  const ending = await install(folder, manager, path)
  if (ending.code !== 0) return notHere(lastWords(ending))
  site.result.before.install = [String(ending.way)]
  const raised = await raisePrisma(site, path)
  await commitAll(site.before)

  return ok(raised)
}

/** The newest of a major is within the range of most, and runs without a native engine. */
async function raisePrisma(site: Site, path: string[]): Promise<string> {
  const prisma = prismaOf(site, site.before)
  const newest = NEWEST[prisma?.major ?? 0]
  if (prisma === null || newest === undefined || prisma.version === newest) return ''
  if (canRun(prisma) || !canRun({ ...prisma, version: newest })) return ''
  const { manager } = managerIn(site, site.before)
  const ending = await addPackages(
    join(site.before, site.app.prismaFolder),
    [`prisma@${newest}`, `@prisma/client@${newest}`],
    manager,
    path,
  )

  return ending.code === 0 ? `Prisma ${prisma.version} raised to ${newest}` : ''
}

/** What is wrong with it already is nobody's fault here. */
export async function measureBefore(site: Site): Promise<Verdict> {
  const { result, before, app } = site
  const prisma = prismaOf(site, before)
  if (prisma === null) return notHere('Prisma or its schema was not found')
  const generated = await generate(prisma, environment(site, before, 'file:./none.db'), site.work)
  if (generated.code !== 0) return notHere(`prisma generate: ${lastWords(generated)}`)
  const unprepared = await prepare(site)
  if (unprepared !== null) return notHere(unprepared)
  await commitAll(before)

  const url = await migrateBefore(site, prisma)
  const shop = await workshop(site, before, url)
  result.before.types = (await compile(shop)) ?? []
  const tests = await test(shop)
  result.before.tests = tests?.failed ?? []
  result.before.passed = [String(tests?.passed ?? 0)]
  const server = await serve(shop, app)
  result.before.start = typeof server === 'string' ? [server] : []
  if (typeof server !== 'string') {
    try {
      result.before.paths = await askOwnPaths(server)
    } finally {
      server.stop()
    }
  }

  await restore(before)

  return ok(describe(site, tests === null))
}

/** What went wrong with the packages beside the app, or null. */
async function prepare(site: Site): Promise<string | null> {
  const { folder } = managerIn(site, site.before)
  const path = await pathOf(site, site.before)
  for (const command of site.app.prepare) {
    const ending = await run(command.split(' '), { cwd: folder, path })
    if (ending.code !== 0) return `${command}: ${lastWords(ending)}`
  }

  return null
}

async function migrateBefore(site: Site, prisma: PrismaApp): Promise<string | null> {
  if (prisma.provider === 'other') return null
  const { work, app, before } = site
  const url = await createDatabase(prisma.provider, { work, name: app.name, purpose: 'before' })
  const env = environment(site, before, url)
  // A schema that is ahead of its migrations brings its tables with any next one, also ours.
  const developed = await migrate(prisma, env, work)
  const ending = developed.code === 0 ? developed : await applySchema(prisma, env, work)
  site.result.before.migrate = ending.code === 0 ? [] : [lastWords(ending)]

  return url
}

function describe({ result: { before } }: Site, hasNoTests: boolean): string {
  const figures = [
    before.types?.length ? `${before.types.length} type errors` : '',
    hasNoTests ? 'no tests' : `tests ${before.passed?.[0]} pass, ${before.tests?.length} fail`,
    before.migrate?.length ? `does not migrate: ${before.migrate[0]}` : '',
    before.start?.length ? `does not start: ${before.start[0]}` : 'starts',
  ]

  return figures.filter(Boolean).join('; ')
}

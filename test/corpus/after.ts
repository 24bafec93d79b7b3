// The app with its auth: the same tools, which should have nothing new to say.

import { compile, compileFiles, format, hasTests, lint, test, testOurs } from './checks.js'
import { canRun } from './clients.js'
import { lastWords } from './commands.js'
import { type Complaints, newComplaints } from './complaints.js'
import { filesOfApp } from './copies.js'
import { createDatabase, fillTables } from './databases.js'
import { logInThrough } from './journey.js'
import { install } from './packages.js'
import { applySchema, changeTables, generate, migrate, type PrismaApp, prisma } from './prisma.js'
import { askOwnPaths, serve } from './serve.js'
import { appFolder, environment, managerIn, pathOf, prismaOf, type Site, workshop } from './site.js'
import { fail, notHere, ok, unlessComplaints, type Verdict } from './verdict.js'

export async function addPackages(site: Site): Promise<Verdict> {
  const { folder, manager } = managerIn(site, site.after)
  const path = await pathOf(site, site.after)
  const ending = await install(folder, manager, path, 1)
  const wayBefore = Number(site.result.before.install?.[0] ?? 0)
  if (ending.code !== 0) return fail(lastWords(ending))

  return ending.way > Math.max(1, wayBefore) ? fail('only with --legacy-peer-deps') : ok()
}

export async function generateClient(site: Site): Promise<Verdict> {
  const app = prismaOf(site, site.after)
  if (app === null) return notHere('Prisma or its schema was not found')
  const env = environment(site, site.after, addressOfNone(app))
  const validated = await prisma(app, ['validate'], env, site.work)
  if (validated.code !== 0) return fail(`validate: ${lastWords(validated)}`)
  const ending = await generate(app, env, site.work)

  return ending.code === 0 ? ok() : fail(lastWords(ending))
}

/** Prisma wants an address of the right kind, and asks nobody there. */
function addressOfNone({ provider }: PrismaApp): string {
  return provider === 'sqlite' ? 'file:./none.db' : `${provider}://nobody@127.0.0.1:1/none`
}

export async function migrateEmpty(site: Site): Promise<Verdict> {
  const app = prismaOf(site, site.after)
  const reason = whyNoMigration(site, app)
  if (app === null || app.provider === 'other' || reason !== null) return notHere(reason ?? '')
  const { work } = site
  const name = site.app.name
  const url = await createDatabase(app.provider, { work, name, purpose: 'empty' })
  const ending = await migrate(app, environment(site, site.after, url), work)
  if (ending.code !== 0) return fail(lastWords(ending))
  site.database = url

  return ok(howMigrated(app))
}

function howMigrated({ provider, hasMigrations }: PrismaApp): string {
  if (provider === 'mysql') return 'tables made from the schema'

  return hasMigrations ? 'migrate dev' : 'db push'
}

function whyNoMigration({ result }: Site, app: PrismaApp | null): string | null {
  if (app === null) return 'Prisma or its schema was not found'
  if (app.provider === 'other') return 'another database'
  const [before] = result.before.migrate ?? []

  return before === undefined ? null : `did not migrate before: ${before}`
}

/** A production database: what the app has had in it until now stays. */
export async function migrateRows(site: Site): Promise<Verdict> {
  const before = prismaOf(site, site.before)
  const after = prismaOf(site, site.after)
  if (before === null || after === null || before.provider === 'other') return notHere('')
  const verdict = await migrateFilled(site, before, after)
  if (verdict.outcome !== 'fail' || !before.hasMigrations) return verdict
  // A schema of its owner's that is ahead of his migrations is in ours as well: then ours alone.
  const pushed = (app: PrismaApp) => ({ ...app, hasMigrations: false })
  const again = await migrateFilled(site, pushed(before), pushed(after))

  return again.outcome === 'ok' ? ok(`${again.reason}, by db push: ${verdict.reason}`) : verdict
}

async function migrateFilled(site: Site, before: PrismaApp, after: PrismaApp): Promise<Verdict> {
  const { work, app } = site
  if (before.provider === 'other') return notHere('')
  const url = await createDatabase(before.provider, { work, name: app.name, purpose: 'rows' })
  const old = await applySchema(before, environment(site, site.before, url), work)
  if (old.code !== 0) return notHere(lastWords(old))
  const tables = await fillTables(before.provider, url)
  const env = environment(site, site.after, url)
  const ending =
    before.provider === 'mysql'
      ? await changeTables(before, after, env, work)
      : await applySchema(after, env, work)

  return ending.code === 0 ? ok(`rows in ${tables} tables`) : fail(lastWords(ending))
}

export async function checkTypes(site: Site): Promise<Verdict> {
  const shop = await workshop(site, site.after, null)
  const complaints = await compile(shop)
  if (complaints === null) return notHere('no compiler')
  const found = newComplaints(site.result.before.types ?? [], complaints)
  const ofOurs = (await compileFiles(shop, site.written)) ?? []
  const more = ofOurs.filter((complaint) => isAbout(complaint, site.written))

  return unlessComplaints([...new Set([...found, ...more])])
}

function isAbout(complaint: string, files: readonly string[]): boolean {
  return files.some((file) => complaint.startsWith(`${file}:`))
}

export function checkLint(site: Site): Promise<Verdict> {
  return compareFiles(site, lint, 'no linter')
}

/** What formats few of the app's own files, as a Prettier that its ESLint alone asks, is none of it. */
export async function checkFormat(site: Site): Promise<Verdict> {
  const files = await filesOfApp(site.before, site.app.folder)
  const code = files.filter((path) => /\.[cm]?[jt]s$/.test(path))
  const own = await format(await workshop(site, site.before, null), code)
  if (own !== null && own.length * 2 > code.length) {
    return notHere(`it would change ${own.length} of ${code.length} files of the app's own`)
  }

  return compareFiles(site, format, 'no formatter')
}

/** Of a file that was there, only what is new; of a file of ours, everything. */
async function compareFiles(site: Site, check: typeof lint, none: string): Promise<Verdict> {
  const files = [...site.written, ...site.changed].filter((path) => path !== 'package-lock.json')
  const after = await check(await workshop(site, site.after, null), files)
  if (after === null) return notHere(none)
  const before = await check(await workshop(site, site.before, null), site.changed)

  return unlessComplaints(newComplaints(before ?? [], after))
}

export async function runTheirTests(site: Site): Promise<Verdict> {
  // A script `test` may be ours.
  if (!hasTests(appFolder(site, site.before))) return notHere('no tests')
  const why = whyNothingRuns(site)
  const shop = await workshop(site, site.after, site.database)
  const tests = await test(shop, site.written)
  if (tests === null) return notHere('no tests')
  const found = newComplaints(site.result.before.tests ?? [], tests.failed)
  const passedBefore = Number(site.result.before.passed?.[0] ?? 0)
  if (found.length === 0 && tests.passed < passedBefore) {
    return fail(`${tests.passed} pass, and before ${passedBefore}`)
  }
  if (found.length === 0 && tests.passed === 0) return notHere(why ?? 'none of them passed before')

  return unlessComplaints(found, `${tests.passed} pass`)
}

export async function runOurTests(site: Site): Promise<Verdict> {
  const why = whyNothingRuns(site)
  if (why !== null) return notHere(why)
  const shop = await workshop(site, site.after, site.database)
  const { passed, failed } = await testOurs(shop, site.written)
  if (passed === 0 && failed.length === 0) return fail('no test was run')
  const verdict = unlessComplaints(failed)

  return { ...verdict, reason: [`${passed} pass`, verdict.reason].filter(Boolean).join('; ') }
}

function whyNothingRuns(site: Site): string | null {
  const app = prismaOf(site, site.after)
  if (app === null || !canRun(app)) return `Prisma ${app?.version} needs its native engine`

  return site.database === null ? 'there is no migrated database' : null
}

export async function logIn(site: Site): Promise<Verdict> {
  const [before] = site.result.before.start ?? []
  const why = before === undefined ? whyNothingRuns(site) : `did not start before: ${before}`
  if (why !== null) return notHere(why)
  const isWhole = site.result.steps.scaffold?.outcome === 'ok' || (site.result.edits ?? 0) > 0
  if (!isWhole) return notHere('an edit is left to a person')
  const shop = await workshop(site, site.after, site.database)
  const server = await serve(shop, site.app)
  if (typeof server === 'string') return fail(`does not start: ${server}`)
  try {
    const problem = await logInThrough(server.origin, appFolder(site, site.after))
    if (problem !== null) return fail(`${problem} ${server.output().slice(-300)}`)
    const other = differing(site.result.before.paths ?? [], await askOwnPaths(server))

    return unlessComplaints(other)
  } finally {
    server.stop()
  }
}

function differing(before: Complaints, after: Complaints): Complaints {
  return after.filter((answer) => !before.includes(answer))
}

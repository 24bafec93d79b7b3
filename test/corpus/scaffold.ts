// The command itself, run on the copy.

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeEdit, paste } from './by-hand.js'
import { type Ending, lastWords, run } from './commands.js'
import { commitAll, copyCheckout, copyWithPackages, differences, snapshot } from './copies.js'
import { appFolder, environment, pathOf, type Site } from './site.js'
import { fail, ok, unlessComplaints, type Verdict } from './verdict.js'

const COMMAND = fileURLToPath(new URL('../../bin/create-auth.js', import.meta.url))

type Operation = { verb: string; path: string; writes: boolean; note?: string; paste?: string }
type Plan = { operations: Operation[]; notices: string[] }

/** Asks nothing. Where that is refused, once more with the answers that a person would give. */
export async function scaffold(site: Site): Promise<Verdict> {
  await copyWithPackages(site.before, site.after)
  const folder = appFolder(site, site.after)
  const before = snapshot(site.after)
  const first = await createAuth(site, ['scaffold'])
  site.result.answers = []
  site.result.edits = 0
  if (first.plan !== null) return finish(site, readPlan(site, first.plan), first.plan)
  if (differences(before, snapshot(site.after)).length > 0) {
    return fail(`refused, and wrote: ${lastWords(first.ending)}`)
  }
  const { answers, asked } = site.app
  if (answers.length + asked.length === 0) return refused(site, first.ending)

  for (const edit of asked) makeEdit(folder, edit)
  if (asked.length > 0) await commitAll(site.after)
  site.result.answers = answers
  site.result.edits = asked.length
  const second = await createAuth(site, ['scaffold', ...answers])
  if (second.plan !== null) return finish(site, readPlan(site, second.plan), second.plan)
  rmSync(join(folder, '.create-auth'), { recursive: true, force: true })

  return refused(site, second.ending)
}

/** Does what is left to a person, and asks the command whether that was all. */
async function finish(site: Site, verdict: Verdict, { operations }: Plan): Promise<Verdict> {
  const left = operations.filter(({ verb }) => verb === 'by hand')
  const folder = appFolder(site, site.after)
  const done = left.filter((edit) => {
    const own = site.app.left.find(({ file }) => file === edit.path)
    if (own) makeEdit(folder, own, edit.paste)

    return own !== undefined || paste(folder, edit)
  })
  if (done.length < left.length) return verdict
  site.result.edits = (site.result.edits ?? 0) + left.length
  if (left.length === 0) return site.result.edits === 0 ? verdict : byHand(site, verdict.reason)
  const { ending, plan } = await createAuth(site, [
    'scaffold',
    ...site.result.answers,
    '--allow-dirty',
  ])
  const more = plan?.operations.find(({ verb }) => verb === 'by hand')
  if (plan === null) return fail(`after the edits: ${lastWords(ending)}`)

  return more ? fail(`after the edit, still: ${more.note}`) : byHand(site, verdict.reason)
}

function byHand({ result }: Site, reason: string): Verdict {
  return { outcome: 'by hand', reason: `${result.edits} made: ${reason}` }
}

function refused({ app }: Site, { stdout, output }: Ending): Verdict {
  const reason = output.replace(stdout, '').trim().replaceAll('\n', ' ')
  // Whoever has no auth yet should get it.
  if (app.kind === 'without auth') return fail(`refused: ${reason}`)

  return { outcome: 'refused', reason }
}

function readPlan(site: Site, { operations }: Plan): Verdict {
  const wrote = (verb: string) =>
    operations
      .filter((operation) => operation.verb === verb && operation.writes)
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('.create-auth/') && !path.endsWith('.env'))
  site.written = wrote('create')
  site.changed = wrote('update')
  const left = operations.filter(({ verb }) => ['by hand', 'taken', 'conflict'].includes(verb))
  const [first] = left
  if (first === undefined) return ok(`${site.written.length} files, ${site.changed.length} edits`)

  return {
    outcome: 'by hand',
    reason: `${left.length}: ${first.path}: ${first.note ?? first.verb}`,
  }
}

/** Nothing but a sentence, and the app stays as it is. */
export async function refuse(site: Site): Promise<Verdict> {
  await copyCheckout(site.app.checkout, site.after)
  const before = snapshot(site.after)
  const { ending, plan } = await createAuth(site, ['scaffold'])
  const changed = differences(before, snapshot(site.after))
  if (plan !== null) return fail('was not refused')
  if (changed.length > 0) return fail(`was refused, and ${changed[0]} differs`)
  if (ending.code !== 1) return fail(`exit code ${ending.code}: ${lastWords(ending)}`)

  return refused(site, ending)
}

/** A second run has nothing to do. */
export async function scaffoldAgain(site: Site): Promise<Verdict> {
  const before = snapshot(site.after)
  const { ending, plan } = await createAuth(site, [
    'scaffold',
    ...site.result.answers,
    '--allow-dirty',
  ])
  const changed = differences(before, snapshot(site.after))
  if (plan === null) return fail(lastWords(ending))

  return changed.length === 0 ? ok() : fail(`${changed.length} files differ: ${changed[0]}`)
}

/** An app that was just set up has no problem that it did not have before. */
export async function askDoctor(site: Site): Promise<Verdict> {
  const { stdout, output } = await call(site, ['doctor', '--json'])
  const { findings } = readJson<Examination>(stdout, 'findings') ?? { findings: null }
  if (findings === null) return fail(output.trim())
  const ofOurs = findings.filter(
    ({ check, level }) => level === 'problem' && !OF_THE_APP.has(check),
  )

  return unlessComplaints(ofOurs.map(({ check, message }) => `${check}: ${message}`))
}

type Examination = { findings: { check: string; level: string; message: string }[] }

/** Whom the app believes was its owner's to say. */
const OF_THE_APP = new Set(['proxy'])

/** A feature taken out and added again leaves the app as it was, and so does all of it taken out. */
export async function removeAndAdd(site: Site): Promise<Verdict> {
  const before = snapshot(site.after)
  for (const verb of ['remove', 'add']) {
    const { ending, plan } = await createAuth(site, [verb, 'html', '--allow-dirty'])
    if (plan === null) return fail(`${verb} html: ${lastWords(ending)}`)
  }
  const changed = differences(before, snapshot(site.after)).filter(
    (path) => !/(?:^|\/)(?:\.env$|\.create-auth\/journal)/.test(path),
  )
  if (changed.length > 0) return fail(`html: ${changed.length} files differ: ${changed[0]}`)

  return removeAll(site)
}

async function removeAll(site: Site): Promise<Verdict> {
  const { ending, plan } = await createAuth(site, ['remove', '--all', '--allow-dirty'])
  if (plan === null) return fail(lastWords(ending))
  const folder = appFolder(site, site.after)
  const read = (root: string, path: string) =>
    readFileSync(join(appFolder(site, root), path), 'base64')
  // What a person edited is theirs.
  const edited = new Set(site.app.left.map(({ file }) => file))
  const stays = site.written.filter((path) => existsSync(join(folder, path)) && !edited.has(path))
  const differ = site.changed.filter(
    (path) => !/lock/.test(path) && read(site.before, path) !== read(site.after, path),
  )
  const [first] = [...stays.map((path) => `${path} stays`), ...differ]

  return first === undefined
    ? ok()
    : fail(`${stays.length} stay, ${differ.length} differ: ${first}`)
}

async function createAuth(
  site: Site,
  args: readonly string[],
): Promise<{ ending: Ending; plan: Plan | null }> {
  const ending = await call(site, [...args, '--yes', '--json', '--skip-install'])

  return { ending, plan: readJson<Plan>(ending.stdout, 'operations') }
}

async function call(site: Site, args: readonly string[]): Promise<Ending> {
  const cwd = appFolder(site, site.after)

  return run([process.execPath, COMMAND, ...args, '--cwd', cwd], {
    cwd: existsSync(cwd) ? cwd : site.after,
    env: environment(site, site.after, null),
    path: await pathOf(site, site.after),
    within: 3,
  })
}

function readJson<Answer>(text: string, key: keyof Answer & string): Answer | null {
  try {
    const answer = JSON.parse(text)

    return key in answer ? answer : null
  } catch {
    return null
  }
}

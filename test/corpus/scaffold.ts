// The command itself, run on the copy.

import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { type Ending, lastWords, run } from './commands.js'
import { copyCheckout, copyWithPackages, differences, snapshot } from './copies.js'
import { appFolder, environment, pathOf, type Site } from './site.js'
import { fail, ok, type Verdict } from './verdict.js'

const COMMAND = fileURLToPath(new URL('../../bin/create-auth.js', import.meta.url))

type Operation = { verb: string; path: string; writes: boolean; note?: string }
type Plan = { operations: Operation[]; notices: string[] }

/** Asks nothing. Where that is refused, once more with the answers that a person would give. */
export async function scaffold(site: Site): Promise<Verdict> {
  await copyWithPackages(site.before, site.after)
  const folder = appFolder(site, site.after)
  const before = snapshot(site.after)
  const first = await createAuth(site, ['scaffold'])
  site.result.answers = []
  if (first.plan !== null) return readPlan(site, first.plan)
  if (differences(before, snapshot(site.after)).length > 0) {
    return fail(`refused, and wrote: ${lastWords(first.ending)}`)
  }
  if (site.app.answers.length === 0) return refused(site, first.ending)

  site.result.answers = site.app.answers
  const second = await createAuth(site, ['scaffold', ...site.app.answers])
  if (second.plan === null) rmSync(join(folder, '.create-auth'), { recursive: true, force: true })

  return second.plan === null ? refused(site, second.ending) : readPlan(site, second.plan)
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

/** A feature taken out and added again leaves the app as it was. */
export async function removeAndAdd(site: Site): Promise<Verdict> {
  const before = snapshot(site.after)
  for (const verb of ['remove', 'add']) {
    const { ending, plan } = await createAuth(site, [verb, 'html', '--allow-dirty'])
    if (plan === null) return fail(`${verb} html: ${lastWords(ending)}`)
  }
  const changed = differences(before, snapshot(site.after)).filter((path) => !path.endsWith('.env'))

  return changed.length === 0 ? ok() : fail(`${changed.length} files differ: ${changed[0]}`)
}

async function createAuth(
  site: Site,
  args: readonly string[],
): Promise<{ ending: Ending; plan: Plan | null }> {
  const cwd = appFolder(site, site.after)
  const command = [process.execPath, COMMAND, ...args, '--yes', '--json', '--skip-install']
  const ending = await run([...command, '--cwd', cwd], {
    cwd: existsSync(cwd) ? cwd : site.after,
    env: environment(site, site.after, null),
    path: await pathOf(site, site.after),
    within: 3,
  })

  return { ending, plan: readJson(ending.stdout) }
}

function readJson(text: string): Plan | null {
  try {
    const plan = JSON.parse(text)

    return 'operations' in plan ? plan : null
  } catch {
    return null
  }
}

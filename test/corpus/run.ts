// npm run corpus: how `create-auth scaffold` lands in apps that exist. It reads checkouts, works
// on copies outside this repository, and keeps what it finds in a file that a later run goes on
// from.

import { type App, findApps } from './apps.js'
import { type Options, readCommandLine, USAGE } from './command-line.js'
import { measure } from './measure.js'
import { type AppResult, type Results, readResults, writeResults } from './results.js'
import { lineOf, markdownOf } from './table.js'

const options = understand(process.argv.slice(2))
if (options !== null) await measureAll(options)

function understand(argv: string[]): (Options & { apps: App[] }) | null {
  try {
    const asked = readCommandLine(argv)

    return { ...asked, apps: findApps(asked.checkouts, asked.names) }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`)
    process.exitCode = 2

    return null
  }
}

async function measureAll(asked: Options & { apps: App[] }) {
  const { apps, names, steps, results: file, work, fresh } = asked
  const results = readResults(file)
  for (const app of apps.filter(({ name }) => isDue(name, names, results))) {
    const result = startResult(app, fresh ? undefined : results[app.name])
    results[app.name] = result
    await measure(app, {
      result,
      work,
      steps,
      onStep: (name, { outcome, reason, seconds }) => {
        writeResults(file, results)
        process.stderr.write(`  ${app.name} ${name}: ${outcome} (${seconds} s) ${reason}\n`)
      },
    })
    process.stdout.write(`${lineOf(result)}\n`)
  }
  process.stdout.write(`\n${markdownOf(results)}`)
}

/** Whoever names an app wants it measured again. */
function isDue(name: string, names: readonly string[], results: Results): boolean {
  return names.length > 0 || results[name] === undefined
}

/** What is known of the app as it was stays known. */
function startResult({ name, kind }: App, known: AppResult | undefined): AppResult {
  const { install, before } = known?.steps ?? {}

  return {
    name,
    kind,
    measuredAt: new Date().toISOString(),
    steps: { ...(install && { install }), ...(before && { before }) },
    before: known?.before ?? {},
    answers: [],
  }
}

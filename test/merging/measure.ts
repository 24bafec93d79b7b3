/**
 * How many edited files upgrade without a person: `npx tsx test/merging/measure.ts [runs] [rung to show]`.
 * The new versions are real, from the history of examples/default; the owner's edits are random.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { diffIndices } from 'node-diff3'
import { readDocument } from '../../src/core/merging/document.js'
import { keepsNames } from '../../src/core/merging/guard.js'
import { mergeLines } from '../../src/core/merging/lines.js'
import { allOf, each, type Versions } from '../../src/core/merging/versions.js'
import { upgradedIn } from './in-app.js'
import { edited, type Random, seeded } from './owners-edits.js'

const FOLDER = 'examples/default'
const FILES = /\.(?:ts|ejs|css)$/

type Texts = ReadonlyMap<string, string>
type Pair = { path: string; base: string; theirs: string; before: Texts; after: Texts }

const steps = pairsOf(versions(), 1)
const leaps = pairsOf(versions(), 4)
const [, , runs = '1000', shown] = process.argv

for (const [name, pairs] of [
  ['to the next version', steps],
  ['over four versions', leaps],
] as const) {
  console.log(`\n${name}: ${pairs.length} changed files, ${runs} random owners`)
  measure(pairs, Number(runs), seeded(1))
}

function measure(pairs: readonly Pair[], count: number, random: Random): void {
  const outcomes = new Map<string, number>()
  const reasons = new Map<string, number>()
  let [plain, broken, slowest] = [0, 0, 0]
  const start = performance.now()
  for (let run = 0; run < count; run += 1) {
    const { path, base, theirs, before, after } = pairs[random(pairs.length)] as Pair
    const near = changedLines(base, theirs)
    const { text: ours, edits } = edited(path, base, { random, count: 1 + random(4), near })
    const three = { base, ours, theirs }
    const since = performance.now()
    const { rung, files } = upgradedIn(path, ours, before, after)
    slowest = Math.max(slowest, performance.now() - since)
    const text = files.get(path)?.result ?? ''
    plain += mergeLines(three) === null ? 0 : 1
    tally(outcomes, rung)
    if (rung === 'conflict') for (const edit of edits) tally(reasons, edit)
    if (rung !== 'conflict' && isBroken(path, text, three)) broken += 1
    if (shown === rung)
      for (const [each, { result }] of files)
        console.log(`== ${each} [${edits.join(', ')}]\n${result}`)
  }
  const percent = (part: number) => `${((100 * part) / count).toFixed(1)} %`
  const clean = count - (outcomes.get('conflict') ?? 0)
  console.log(`  by lines alone  ${percent(plain)}`)
  console.log(`  by the ladder   ${percent(clean)}`)
  for (const [rung, times] of sorted(outcomes))
    console.log(`    ${rung.padEnd(12)}  ${percent(times)}`)
  console.log(`  clean, but with a name that nothing declares: ${broken}`)
  console.log(
    `  slowest merge ${slowest.toFixed(0)} ms, all ${((performance.now() - start) / 1000).toFixed(1)} s`,
  )
  console.log(
    `  edits in conflicts: ${sorted(reasons)
      .map(([edit, times]) => `${edit} ${times}`)
      .join(', ')}`,
  )
}

function isBroken(path: string, text: string, three: Versions): boolean {
  const documents = allOf(each(three, (each) => readDocument(path, each)))
  const result = readDocument(path, text)

  return documents !== null && (result === null || !keepsNames(result, documents))
}

function tally(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function sorted(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([, left], [, right]) => right - left)
}

/** The texts of each version, oldest first. */
function versions(): Map<string, string>[] {
  const commits = git('log', '--reverse', '--format=%h', '--', FOLDER).trim().split('\n')
  const listed = commits.map((commit) =>
    git('ls-tree', '-r', '--format=%(objectname) %(path)', commit, FOLDER)
      .trim()
      .split('\n')
      .map((line) => [line.slice(41), line.slice(0, 40)] as const)
      .filter(([path]) => FILES.test(path) && !path.includes('/.create-auth/')),
  )
  // Most files are the same in the next version: each text is read once.
  const blobs = [...new Set(listed.flat().map(([, blob]) => blob))]
  const texts = new Map(blobs.map((blob) => [blob, git('cat-file', 'blob', blob)]))

  return listed.map((files) => new Map(files.map(([path, blob]) => [path, texts.get(blob) ?? ''])))
}

function pairsOf(all: readonly Texts[], distance: number): Pair[] {
  return all.slice(0, -distance).flatMap((before, index) => {
    const after = all[index + distance] ?? new Map<string, string>()

    return [...before].flatMap(([path, base]) => {
      const theirs = after.get(path)

      return theirs === undefined || theirs === base ? [] : [{ path, base, theirs, before, after }]
    })
  })
}

function changedLines(base: string, theirs: string): number[] {
  return diffIndices(base.split('\n'), theirs.split('\n')).map(({ buffer1: [at] }) => at + 1)
}

function git(...args: string[]): string {
  const cwd = fileURLToPath(new URL('../..', import.meta.url))

  return execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 })
}

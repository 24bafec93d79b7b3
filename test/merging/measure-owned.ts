/**
 * How many files that people really edited upgrade without a person:
 * `npx tsx test/merging/measure-owned.ts <folder> [next|latest to show its conflicts]`, where the
 * folder has git directories as `<owner>+<name>/repo`: shadcn-ui/ui, and apps that use it.
 */
import { mergeLines } from '../../src/core/merging/lines.js'
import { merge } from '../../src/core/merging/merge.js'
import { type Owned, ownedFiles } from './owned-code.js'

const labels = { ours: 'yours', base: 'base', theirs: 'new' }
const [, , folder = '.', shown] = process.argv
const files = ownedFiles(folder)

for (const target of ['next', 'latest'] as const) {
  report(`to the ${target} version, all`, files, target)
  report(
    `to the ${target} version, edited`,
    files.filter(({ isFormatted }) => !isFormatted),
    target,
  )
}

function report(title: string, owned: readonly Owned[], target: 'next' | 'latest'): void {
  const outcomes = owned.map(({ id, base, ours, [target]: theirs }) => {
    const merged = merge({ base, ours, theirs }, labels, 'component.tsx')
    if (merged.kind === 'conflict' && shown === target) console.log(`== ${id}\n${merged.text}`)

    return {
      byLines: mergeLines({ base, ours, theirs }) !== null,
      rung: merged.kind === 'clean' ? merged.rung : 'conflict',
    }
  })
  const share = (count: number) => `${((100 * count) / outcomes.length).toFixed(1)} %`
  const clean = outcomes.filter(({ rung }) => rung !== 'conflict')
  const byLines = outcomes.filter((outcome) => outcome.byLines)
  console.log(
    `${title}: ${outcomes.length} files; lines ${share(byLines.length)}, ladder ${share(clean.length)}`,
  )
}

/**
 * Asks the app's own formatter what generated code should look like there. Where it is not
 * installed, fails or takes too long, there is no answer, and the code stays as it is.
 */
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Facts } from '../core/facts/facts.js'
import {
  type Draft,
  type Formatted,
  formattedFrom,
  NOT_FORMATTED,
} from '../core/render/formatting.js'
import { answerOf } from './child-process.js'
import { startProgress } from './terminal.js'

type Answer = string | null

/** The formatter is there, and failed or took too long. */
export const NO_ANSWER: Formatted = new Map()

export async function formatDrafts(
  root: string,
  formatter: Facts['formatter'],
  drafts: readonly Draft[],
  onProgress: (label: string) => { stop(): void } = startProgress,
): Promise<Formatted> {
  const format = formatter === null ? null : FORMATTERS[formatter](root)
  if (format === null || drafts.length === 0) return NOT_FORMATTED

  const progress = onProgress(`Formatting with ${formatter}`)
  try {
    const answers = await format(drafts)
    if (answers.length === 0) return NO_ANSWER

    return formattedFrom(
      drafts.flatMap((draft, index) => {
        const text = answers[index]
        // Nothing generated is empty, so neither is what a formatter makes of it.
        return typeof text === 'string' && text.trim() !== '' ? [[draft, text] as const] : []
      }),
    )
  } finally {
    progress.stop()
  }
}

/** Asks for all drafts at once; `null` where the formatter is not installed. */
type Format = (drafts: readonly Draft[]) => Promise<readonly Answer[]>

const FORMATTERS: Record<NonNullable<Facts['formatter']>, (root: string) => Format | null> = {
  prettier: (root) => usePrettier(root),
  eslint: (root) => usePrettier(root, ['--as-rule']),
  biome: useBiome,
}

const RUN_PRETTIER = fileURLToPath(new URL('../../bin/run-prettier.js', import.meta.url))

/** `--as-rule`: only where ESLint has a rule that asks for it. */
function usePrettier(root: string, how: readonly string[] = []): Format | null {
  if (find('prettier', join(root, 'package.json')) === null) return null

  return async (drafts) => {
    const input = JSON.stringify(drafts)
    const command = [process.execPath, RUN_PRETTIER, ...how]
    const answer = await answerOf(command, { root, input, stream: 3 })

    return answer === null ? [] : parseAnswers(answer)
  }
}

/** Cut short where the app's code ended the process. */
function parseAnswers(answer: string): Answer[] {
  try {
    const answers: unknown = JSON.parse(answer)
    return Array.isArray(answers) ? answers : []
  } catch {
    return []
  }
}

function useBiome(root: string): Format | null {
  const program = findBiome(root)
  if (program === null) return null

  return async (drafts) => {
    const answers: Answer[] = []
    const waiting = drafts.entries()
    // Biome reads one text from stdin for every start, so several are started side by side.
    const work = async () => {
      for (const [index, { path, text }] of waiting) {
        answers[index] = await askBiome(program, { path, text }, root)
      }
    }
    await Promise.all(Array.from({ length: Math.min(8, availableParallelism() * 2) }, work))

    return answers
  }
}

/** `check` sorts imports as well, where the app wants that; before Biome 1.8 it cannot be asked. */
async function askBiome(program: string[], { path, text }: Draft, root: string): Promise<Answer> {
  const ask = (...args: string[]) =>
    answerOf([...program, ...args, `--stdin-file-path=${path}`], { root, input: text, stream: 1 })

  return (await ask('check', '--write', '--linter-enabled=false')) ?? ask('format')
}

/** Biome's own program where it is found, for its launcher needs a Node each time. */
function findBiome(root: string): string[] | null {
  const manifest = find('@biomejs/biome/package.json', join(root, 'package.json'))
  if (manifest === null) return null
  const name = `@biomejs/cli-${process.platform}-${process.arch}`
  const file = process.platform === 'win32' ? 'biome.exe' : 'biome'
  const program = find(`${name}/${file}`, manifest) ?? find(`${name}-musl/${file}`, manifest)

  return program ? [program] : [process.execPath, join(manifest, '../bin/biome')]
}

function find(module: string, from: string): string | null {
  try {
    return createRequire(from).resolve(module)
  } catch {
    return null
  }
}

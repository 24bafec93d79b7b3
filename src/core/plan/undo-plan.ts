import { FOLDER } from '../record/record.js'
import type { Operation, Plan } from './plan.js'

/** A file of the last run. */
export type Taken = {
  path: string
  /** The text before the run, and its permission bits; `null` where there was no file. */
  before: { text: string; mode: number } | null
  /** The text there now. */
  now: string | null
  /** Whether it is as the run left it, as it was before, or neither. */
  state: 'written' | 'back' | 'changed'
}

/** Takes a run back, file by file, where nothing changed since. */
export function planUndo(files: readonly Taken[]): Plan {
  return {
    operations: files.filter(({ state }) => state !== 'back').map(takeBack),
    packages: { dependencies: {}, devDependencies: {} },
    notices: noticesOf(files),
  }
}

function takeBack({ path, before, now, state }: Taken): Operation {
  const secret = /(?:^|\/)\.env$/.test(path) ? { isSecret: true } : {}
  if (state === 'changed') {
    return {
      verb: 'kept',
      path,
      before: now,
      after: now,
      note: 'changed since that run',
      ...secret,
    }
  }
  if (before === null) return { verb: 'remove', path, before: now, after: null, ...secret }
  const verb = now === null ? 'create' : 'update'

  return { verb, path, before: now, after: before.text, mode: before.mode, ...secret }
}

/** What a run brought about outside of the files that it wrote. */
function noticesOf(files: readonly Taken[]): string[] {
  const isBack = (matches: (path: string) => boolean) =>
    files.some(({ path, state }) => state === 'written' && matches(path))

  return [
    ...(isBack((path) => path.endsWith('.prisma'))
      ? ['Your database stays as it is: a migration that ran since is taken back by another one.']
      : []),
    ...(isBack((path) => path === 'package.json')
      ? ['Install your packages again, so that node_modules follows package.json.']
      : []),
  ]
}

/** Files that a person has to look at, because they were changed since. */
export function leftBehind({ operations }: Plan): Operation[] {
  return operations.filter(({ verb, path }) => verb === 'kept' && !path.startsWith(`${FOLDER}/`))
}

import { relative } from 'node:path'
import { Problem } from '../core/problem.js'
import { quoted } from '../core/quoted.js'
import { Interrupted } from './interrupt.js'

const REASONS: Record<string, { reason: string; next: string }> = {
  ENOSPC: { reason: 'the disk is full', next: 'Free some space and run the command again.' },
  EDQUOT: {
    reason: 'your disk quota is used up',
    next: 'Free some space and run the command again.',
  },
  EACCES: {
    reason: 'permission was denied',
    next: 'Make it writable for you and run the command again.',
  },
  EPERM: {
    reason: 'permission was denied',
    next: 'Make it writable for you and run the command again.',
  },
  EROFS: { reason: 'the disk is read-only', next: 'Make it writable and run the command again.' },
  EMFILE: {
    reason: 'too many files are open',
    next: 'Raise the limit (ulimit -n) and run the command again.',
  },
  ENFILE: {
    reason: 'too many files are open',
    next: 'Close some programs and run the command again.',
  },
  ENAMETOOLONG: {
    reason: 'its path is too long',
    next: 'Move the app to a shorter path or choose shorter names.',
  },
}

/** What a failed call of the file system means to a person. Bugs of ours come back as they are. */
export function explainFailure(error: unknown, root: string, what = 'Writing'): unknown {
  if (error instanceof Problem || error instanceof Interrupted || !isSystemError(error))
    return error
  const { next } = REASONS[error.code] ?? { next: 'Mend that and run the command again.' }

  return new Problem(`${what} failed: ${reasonOf(error, root)}; nothing was changed.`, next)
}

/** The same, when going back failed as well: the journal stays and the next start tries again. */
export function explainHalfway(error: unknown, second: unknown, root: string): Problem {
  const why = second instanceof Problem ? second.message : reasonOf(second, root)

  return new Problem(
    `Writing failed (${reasonOf(error, root)}) and could not be undone: ${why}`,
    'Mend that and run the command again: before anything else it puts your files back, from .create-auth/journal.',
  )
}

/** What we did not see looks missing to us: whatever is wrong, that may be why. */
export function mentionUnread(
  error: unknown,
  { links, unreadable }: { links: ReadonlySet<string>; unreadable: readonly string[] },
): unknown {
  if (!(error instanceof Problem) || error.message.includes('symbolic link')) return error
  const clues = [
    clue('Symbolic links are not followed', [...links]),
    clue('Some files could not be read', unreadable),
  ]
  const next = [error.next, ...clues.filter((text) => text !== null)].join(' ')

  return new Problem(error.message, next, error.exitCode)
}

function clue(sentence: string, paths: readonly string[]): string | null {
  const suspects = paths.filter((path) => !path.includes('node_modules'))
  if (suspects.length === 0) return null
  const shown = suspects.slice(0, 3).map((path) => quoted(path, 60))

  return `${sentence}: ${shown.join(', ')}${suspects.length > 3 ? ' …' : '.'}`
}

function reasonOf(error: unknown, root: string): string {
  if (!isSystemError(error)) return error instanceof Error ? error.message : String(error)
  const reason = REASONS[error.code]?.reason ?? error.code

  return error.path ? `${reason} (${relative(root, error.path) || root})` : reason
}

function isSystemError(error: unknown): error is Error & { code: string; path?: string } {
  return error instanceof Error && 'code' in error && 'syscall' in error
}

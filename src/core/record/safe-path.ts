/**
 * Whether a path that was read from somewhere names a file inside the app. Links on the way are
 * the disk's question; this is about the text alone.
 */
export function isSafePath(path: string): boolean {
  if (path === '' || path.length > 1024 || CONTROL.test(path) || /[\\:]/.test(path)) return false
  const segments = path.split('/')

  return segments.every((segment) => !FORBIDDEN.has(segment.toLowerCase()))
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL cuts a path short for the disk.
const CONTROL = /[\u0000-\u001F\u007F]/

// An empty segment is an absolute path or `a//b`. Hooks in .git run, and so does what lies in
// node_modules. A disk may ignore case.
const FORBIDDEN = new Set(['', '.', '..', '.git', 'node_modules'])

import { posix } from 'node:path'

/** What a file writes to import another one of the same app. */
export function specifierOf(module: string, from: string, suffix: '.js' | '.ts' | ''): string {
  const relative = posix.relative(posix.dirname(from), withoutExtension(module))

  return (relative.startsWith('../') ? relative : `./${relative}`) + suffix
}

/** Without what its language is called by; `user.model.ts` is `user.model`. */
export function withoutExtension(path: string): string {
  return path.replace(/\.(?:[cm]?[jt]sx?|ejs)$/, '')
}

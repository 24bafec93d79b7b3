import { posix } from 'node:path'

/** What a file writes to import another one of the same app. */
export function specifierOf(module: string, from: string, suffix: '.js' | '.ts' | ''): string {
  const relative = posix.relative(posix.dirname(from), withoutExtension(module))
  // A file of plain JavaScript is imported by its own name: nothing compiles it to another.
  const [own = suffix] = suffix === '' ? [] : (JAVASCRIPT.exec(module) ?? [])

  return (relative.startsWith('../') ? relative : `./${relative}`) + own
}

/** The path of a file as other files import it, without the extension that compiling takes away. */
export function moduleOf(path: string): string {
  const module = JAVASCRIPT.test(path) ? path : withoutExtension(path)

  // Without a slash it would look like the name of a package.
  return module.includes('/') ? module : `./${module}`
}

const JAVASCRIPT = /\.[cm]?js$/

/** Without what its language is called by; `user.model.ts` is `user.model`. */
export function withoutExtension(path: string): string {
  return path.replace(/\.(?:[cm]?[jt]sx?|ejs)$/, '')
}

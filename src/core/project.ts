/**
 * An app as the command sees it: every text file by its path, relative to the app's root,
 * with forward slashes. Reading it from a disk and writing a plan back is the shell's job.
 */
export type Project = ReadonlyMap<string, string>

/** A project from an object literal; for tests and for the new-app template. */
export function project(files: Record<string, string>): Project {
  return new Map(Object.entries(files))
}

import { Problem } from '../problem.js'
import type { AuthRecord } from './record.js'

/** Whether a path is one of these files, or in one of these folders, as somebody typed them. */
export function isUnder(typed: readonly string[]): (path: string) => boolean {
  const wanted = typed.map((path) =>
    path.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, ''),
  )

  return (path) =>
    wanted.some((name) => name === '.' || path === name || path.startsWith(`${name}/`))
}

/** Narrowing a run down takes an earlier one, and files that it wrote or edited. */
export function refuseUnknownPaths({ systems }: AuthRecord, typed: readonly string[]): void {
  const known = systems.flatMap(({ files, edits }) => [
    ...files.map(({ path }) => path),
    ...edits.map(({ file }) => file),
  ])
  const unknown = typed.find((path) => !known.some(isUnder([path])))
  if (unknown === undefined) return

  throw new Problem(
    `${unknown} is no file, and no folder of files, that create-auth wrote or edited here.`,
    'Run create-auth status to see them.',
  )
}

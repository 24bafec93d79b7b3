// What in an app is ours, going by its record.

import { companionsOf } from '../names/names.js'
import type { Project } from '../project.js'
import type { AuthRecord, RecordedFile, System } from '../record/record.js'

/** The app without what we wrote: its own files say what it is, and ours must not answer for it. */
export function withoutGenerated(project: Project, record: AuthRecord): Project {
  const ours = new Set(record.systems.flatMap(({ files }) => files.map(({ path }) => path)))

  return new Map([...project].filter(([path]) => !ours.has(path)))
}

/** The models that earlier runs added to the schema. */
export function modelsOf(record: AuthRecord): Set<string> {
  return new Set(
    record.systems.flatMap(({ names, existingModel }) => [
      ...(existingModel ? [] : [names.model]),
      ...companionsOf(names).map(({ model }) => model),
    ]),
  )
}

/** The files of all systems but one. */
export function filesOfOthers(record: AuthRecord, { names }: System): Map<string, RecordedFile> {
  const files = record.systems
    .filter((system) => system.names.model !== names.model)
    .flatMap((system) => system.files)

  return new Map(files.map((file) => [file.path, file]))
}

import type { Told } from './bring-up.js'
import { dangersIn } from './core/migrations/destructive.js'
import { migrationFiles } from './core/migrations/files.js'
import { readProject } from './shell/read-project.js'

/** Makes a migration, and says where it is and what it would do to rows. Nobody applies it here. */
export async function withNewMigration(root: string, make: () => Promise<Told>): Promise<Told> {
  const before = migrationFiles((await readProject(root)).project)
  await make()
  const after = migrationFiles((await readProject(root)).project)
  const made = [...after].filter(([path]) => !before.has(path))
  const dangers = made.flatMap(([, sql]) => dangersIn(sql, [...before.values()]))

  return {
    left: made.flatMap(([path]) => [`Read ${path}`, 'npx prisma migrate dev']),
    notices: [
      ...made.map(([path]) => `${path} was created, and not applied.`),
      ...dangers.map((danger) => `Careful, it ${danger}.`),
    ],
  }
}

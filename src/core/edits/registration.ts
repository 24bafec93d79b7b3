import type { NeededImport } from './plugin-import.js'

/** One plugin to register on a Fastify instance, in the file that makes the instance. */
export type Registration = {
  /** Of the file to edit; its suffix says what language it is in. */
  path: string
  /** The identifier of the instance there: `app`. */
  instance: string
  importName: string
  /** The specifier as it is to be written: `./plugins/users.js`. */
  importFrom: string
  /** The same through a path alias, where the file writes its imports so. */
  importWritten?: string
  /** `true` when the plugin is its module's default export. */
  importDefault?: boolean
  /** Source text of the options: `{ prisma: app.prisma }`. */
  argument?: string
  /** What the argument needs besides. */
  imports?: readonly NeededImport[]
  /** What it has to come after, by name or by module: `prismaPlugin`, `@fastify/cookie`. */
  after: readonly string[]
  /** Variables of the file that the argument uses. */
  uses?: readonly string[]
  comment?: string
  /** Why a person has to do it, where that is known before the file is looked at. */
  byHand?: string
}

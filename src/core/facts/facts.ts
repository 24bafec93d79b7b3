import type { Names } from '../names/names.js'

/**
 * What an app is, read from its files and never assumed. One value per question that
 * rendering or an edit has to ask; nothing here is a decision.
 */
export type Facts = {
  /** The app's own name, from package.json. */
  name: string
  packageManager: 'npm' | 'pnpm' | 'yarn' | 'bun'
  language: 'ts' | 'js'
  modules: 'esm' | 'cjs'
  /** What the app's own relative imports end with. */
  importSuffix: '.js' | '.ts' | ''
  /** Folder of the sources, without a trailing slash: `src`, or `''` for the app's root. */
  source: string
  tests: {
    /** The runner to write tests for: the app's own where it is one of these. */
    runner: 'vitest' | 'node:test'
    folder: string
    /** What stands before the extension of a file with tests: `test`, or `spec`. */
    suffix: string
    /** Before 1.3. */
    isOldVitest: boolean
    /** Vitest has no configuration here, and would not know the paths of tsconfig.json. */
    lacksPaths: boolean
    /** Files of the app that its tests have a stand-in for, in every file of tests. */
    standIns: readonly string[]
    /** `npm test` runs another runner, which must not find the generated tests. */
    besideOther: boolean
    /** `npm test` does something else, be it only that it says that there are no tests. */
    otherScript: boolean
    /** A runner of the app that is neither, such as `jest`. */
    other: string | null
  }
  /** `eslint`: Prettier, where a rule of ESLint's asks for it. */
  formatter: 'prettier' | 'biome' | 'eslint' | null
  /** ESLint takes the parameters in types for unused variables here. */
  hasUnusedVars: boolean
  /** How the app's own files are written, for where no formatter answers. */
  style: { quote: "'" | '"'; semicolon: ';' | ''; indent: string; lineEnd: '\n' | '\r\n' }
  fastify: FastifyFacts
  prisma: PrismaFacts
  /** Fastify plugins the app registers already, by package name, with the file that does it. */
  registered: ReadonlyMap<string, string>
  /** Whether `request.session` is one of @fastify/secure-session for the whole app. */
  secureSession: boolean
  /** What the app hashed passwords with; argon2 is what we hash with, and needs nothing else. */
  hashing: HashingFacts | 'argon2' | null
}

/** bcrypt, and how the app makes it. */
export type HashingFacts = {
  package: 'bcrypt' | 'bcryptjs' | '@node-rs/bcrypt'
  /** How the app itself imports it. */
  import: 'default' | 'namespace' | 'named'
  /** The work factor of its hashes. */
  cost: number
}

export type FastifyFacts = {
  major: 4 | 5
  /**
   * How the app comes to be: a function makes or receives the instance, the module itself makes
   * it, or a folder of plugins loads itself (fastify-cli's way, also inside a factory).
   */
  shape: 'factory' | 'top-level' | 'autoload'
  /** The file that creates the instance, or the root plugin that one is handed to. */
  file: string
  /** Whether `file` creates the instance; false for a root plugin. */
  creates: boolean
  /** The identifier of the instance in that file: `app`, `fastify`, `server`. */
  instance: string
  /** Where a plugin is to be registered: another file, where that one only hands the instance on. */
  assembly: {
    file: string
    /** Null for one that is made inside of another call. */
    instance: string | null
    /** What most imports of that file begin with, and the folder it stands for: `@/` for `src`. */
    alias: { prefix: string; folder: string } | null
  }
  /**
   * The name under which other modules get the factory, the instance or the root plugin;
   * `default` for a default export and for `module.exports = …`, null when it is not exported.
   */
  exported: string | null
  /** Whether the function around the instance is asynchronous. */
  asynchronous: boolean
  /** How many parameters without a default that function has; 0 at the top level. */
  parameters: number
  /** Whether loading the file, or calling the factory, opens a port. */
  listens: boolean
  /** Folders that load themselves. `routes` can be set without `plugins`, in every shape. */
  autoload: {
    plugins: string | null
    routes: string | null
    /** Whether a file of ours in `plugins` is loaded for sure, behind what it needs. */
    takesOurs: boolean
    /** The folders whose files act on the whole app: `encapsulate: false`. */
    open: readonly string[]
  }
}

export type PrismaFacts = {
  major: 5 | 6 | 7
  /** The schema, or the file of the schema folder that holds the datasource. */
  schemaFile: string
  schemaFolder: string | null
  /** The app's own script that writes the schema, null for one that people write. */
  schemaWriter: string | null
  provider: 'sqlite' | 'postgresql' | 'mysql' | 'cockroachdb' | 'sqlserver'
  generator: 'prisma-client' | 'prisma-client-js'
  /** Module that exports the generated client: a package name or a path from the app's root without extension. */
  client: string
  /** How the app hands its client around. */
  access:
    | {
        kind: 'decorator'
        name: string
        plugin: string | null
        file: string | null
        /** The name under which that file exports the plugin; null where it is no plugin. */
        exported: string | null
        /** A client that can be imported as well. */
        singleton: { file: string; exported: string } | null
        /** The decorator is that client, which may be closed only once. */
        handsOn: boolean
      }
    | {
        kind: 'import'
        file: string
        exported: string /** Of the repository, which exports it. */
        package?: string
      }
    /** `locals` are clients that a module keeps for itself, by its file. */
    | { kind: 'unknown'; locals: ReadonlyMap<string, string> }
  /** Whether that client went through `$extends`, which makes it another type than PrismaClient. */
  isExtended: boolean
  /** All models and views, by name. */
  models: ReadonlyMap<string, ModelFacts>
  /** All enums with their values. */
  enums: ReadonlyMap<string, readonly string[]>
}

export type ModelFacts = {
  name: string
  /** The file it stands in. */
  file: string
  /** The table's name in the database. */
  table: string
  /** The schema of a database that has several, as in `@@schema("auth")`. */
  schema: string | null
  fields: FieldFacts[]
}

export type FieldFacts = {
  name: string
  /** The column's name in the database. */
  column: string
  /** Prisma's type without modifiers: `String`, `Int`, `DateTime`, or another model's name. */
  type: string
  optional: boolean
  list: boolean
  unique: boolean
  /** The other fields of a `@@unique` that this one is in. */
  uniqueWith?: readonly string[]
  id: boolean
  hasDefault: boolean
  /** The attributes as written, `@id @default(uuid())`. */
  attributes: string
}

/** The user model an app has already, as far as the names asked for find one. */
export type UserModel = { names: Names; model: ModelFacts | null }

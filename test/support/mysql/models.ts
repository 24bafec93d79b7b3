// What Prisma reads in a schema, as it tells its generators.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Field = {
  name: string
  dbName?: string | null
  kind: 'scalar' | 'enum' | 'object' | 'unsupported'
  type: string
  nativeType?: [name: string, lengths: string[]] | null
  isRequired: boolean
  default?: string | number | boolean | { name: string; args: unknown[] }
  relationFromFields?: string[]
  relationToFields?: string[]
  relationOnDelete?: string
  relationOnUpdate?: string
}

export type Model = { name: string; dbName: string | null; fields: Field[] }

export type Index = {
  model: string
  type: 'id' | 'unique' | 'normal'
  fields: { name: string; length?: number }[]
}

export type Schema = {
  models: Model[]
  enums: { name: string; values: { name: string; dbName: string | null }[] }[]
  indexes: Index[]
}

const GENERATOR = fileURLToPath(new URL('keep-models.cjs', import.meta.url))

/** `generate` runs `prisma generate` for the schema in a file, with these variables. */
export async function readModels(
  schema: string,
  generate: (file: string, env: Record<string, string>) => Promise<unknown>,
): Promise<Schema> {
  // Prisma generates nothing from a schema without models.
  if (!/^model /m.test(schema)) return { models: [], enums: [], indexes: [] }
  const folder = mkdtempSync(join(tmpdir(), 'create-auth-models-'))
  const file = join(folder, 'schema.prisma')
  const models = join(folder, 'models.json')
  const others = schema.replace(/^generator \w+ \{[^}]*\}/gm, '')
  const provider = `node ${JSON.stringify(GENERATOR).slice(1, -1)}`
  writeFileSync(
    file,
    `${others}\ngenerator models {\n  provider = "${provider}"\n  output = "."\n}\n`,
  )
  try {
    await generate(file, { MODELS_FILE: models })

    return JSON.parse(readFileSync(models, 'utf8')).datamodel
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

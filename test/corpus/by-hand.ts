// What a person does with what the command leaves to be done, or asks for in a refusal.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One edit to a file of the app, relative to its folder. `{paste}` is what the command printed. */
export type HandEdit = { file: string; find: string; put: string }

export type LeftToDo = { path: string; paste?: string }

/** @throws {Error} when the file does not hold what is looked for. */
export function makeEdit(folder: string, { file, find, put }: HandEdit, paste = ''): void {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(find)) throw new Error(`${file} does not hold ${find}`)
  writeFileSync(
    path,
    text.replace(find, () => put.replace('{paste}', () => paste)),
  )
}

/** Pastes into a schema as it says; null where only the app's owner knows what to write. */
export function paste(folder: string, { path, paste: text = '' }: LeftToDo): true | null {
  if (!path.endsWith('.prisma')) return null
  const file = join(folder, path)
  const schema = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    /^\/\/ Into your model /.test(text) ? withModels(schema, text) : withLine(schema, text),
  )

  return true
}

function withModels(schema: string, text: string): string {
  const [, model, fields = '', models = ''] =
    /^\/\/ Into your model (\w+):\n([\s\S]*?)\n\n([\s\S]*)$/.exec(text) ?? []
  const block = new RegExp(`^(model ${model} \\{[\\s\\S]*?)^\\}`, 'm')

  return `${schema.replace(block, (_whole, head: string) => `${head}${fields}\n}`)}\n${models}`
}

/** A line in the place of that of the same field. */
function withLine(schema: string, line: string): string {
  const [name] = /^\w+/.exec(line.trim()) ?? []

  return schema.replace(new RegExp(`^[ \\t]*${name}\\s+String.*$`, 'm'), () => `  ${line.trim()}`)
}

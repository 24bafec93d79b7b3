import { type ResolvedImport, renameIn } from './plugin-import.js'
import type { Registration } from './registration.js'
import type { Prefix } from './registrations.js'
import { parseSource } from './source.js'
import type { SourceStyle } from './source-style.js'
import { descend, nameOf } from './syntax-tree.js'

type Call = { prefix: Prefix; lazy: boolean }

/** The comment and the call, a line each. */
export function registerLines(
  { path, instance, argument, comment }: Registration,
  [plugin, ...further]: readonly ResolvedImport[],
  { semicolon }: SourceStyle,
  { prefix, lazy }: Call,
): string[] {
  const named = further.reduce<string | undefined>(
    (text, { name, local }) => text && renameIn(path, text, name, local),
    argument,
  )
  // Without an await before it, what other plugins decorate is not there yet when the line
  // runs; Fastify calls a function for the options when the plugin's turn has come.
  const parameter = instance.startsWith('this.') ? '' : instance
  const options = lazy ? `(${parameter}) => (${named})` : named
  const passed = options === undefined ? '' : `, ${options}`

  const call = `${prefix}${instance}.register(${plugin?.local}${passed})${semicolon}`

  return [...commentLines(comment), ...call.split(/\r?\n/)]
}

function commentLines(comment: string | undefined): string[] {
  // Those are all that end a line comment in JavaScript.
  return comment === undefined
    ? []
    : comment.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `// ${line}`.trimEnd())
}

/** What the argument reads from the instance: `prisma` of `{ prisma: app.prisma }`. */
export function propertiesRead({ path, argument = '', instance }: Registration): string[] {
  const parsed = parseSource(path, `(${argument}\n)`)
  if ('unreadable' in parsed) return []

  return descend(parsed.program).flatMap((node) => {
    if (node.type !== 'MemberExpression' || nameOf(node.object) !== instance) return []

    return node.property.type === 'Identifier' ? [node.property.name] : ['']
  })
}

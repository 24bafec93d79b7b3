import type { ModelFacts, PrismaFacts } from '../facts/facts.js'
import type { Project } from '../project.js'
import { NO_CLIENT, PRUNE_SCRIPT, TEST_APP } from '../render/own-client.js'
import type { Generated, Rendering } from '../render/render-system.js'
import { columnsOfRelation, NEW_USER_FILES } from '../user-model/new-user.js'
import { UNDECIDED } from '../user-model/print-decided.js'
import type { Operation } from './plan.js'

/** What a person has to fill in, as long as nobody has. */
export function undecided(
  generated: readonly Generated[],
  after: Project,
  rendering: Pick<Rendering, 'existing' | 'facts'>,
): Operation[] {
  return [...undecidedUser(generated, after, rendering), ...withoutClient(generated, after)]
}

/** The app's plugin may not give its client to those who run without the app. */
function withoutClient(generated: readonly Generated[], after: Project): Operation[] {
  return generated.flatMap(({ template, path }): Operation[] => {
    const text = [PRUNE_SCRIPT, TEST_APP].includes(template) ? after.get(path) : undefined
    if (!text?.includes(NO_CLIENT)) return []

    return [
      {
        verb: 'by hand',
        path,
        before: text,
        after: text,
        note: 'It runs without the app, and nothing shows how to have a client then: connect has to return one.',
        paste: '  return new PrismaClient({ adapter: … })\n',
      },
    ]
  })
}

/** What new users start with. */
function undecidedUser(
  generated: readonly Generated[],
  after: Project,
  { existing, facts }: Pick<Rendering, 'existing' | 'facts'>,
): Operation[] {
  const path = generated.find(({ template }) => template === NEW_USER_FILES.fields)?.path
  const text = path === undefined ? undefined : after.get(path)
  const [, list] = new RegExp(`${UNDECIDED}: ([\\w, ]+)`).exec(text ?? '') ?? []
  if (path === undefined || text === undefined || list === undefined) return []
  const names = list.split(', ')
  const choices = names.flatMap((name) => choiceOf(name, existing, facts.prisma) ?? [])

  return [
    {
      verb: 'by hand',
      path,
      before: text,
      after: text,
      note: `Nobody can register before this file says what a new account starts with${choices.length === 0 ? '' : `: ${choices.join('; ')}`}.`,
      paste: `  return { ${names.map((name) => `${name}: …`).join(', ')} }\n`,
    },
  ]
}

/** What may stand there, where the schema says it. */
function choiceOf(
  name: string,
  model: ModelFacts | null,
  { enums }: Pick<PrismaFacts, 'enums'>,
): string | null {
  const field = model?.fields.find((each) => each.name === name)
  const values = field && enums.get(field.type)
  if (values) return `${name} is ${values.join(' or ')}`
  const other = model?.fields.find(({ attributes }) => columnsOfRelation(attributes).includes(name))

  return other ? `${name} refers to a ${other.type}` : null
}

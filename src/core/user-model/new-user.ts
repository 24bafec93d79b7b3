import type { FieldFacts, ModelFacts, PrismaFacts } from '../facts/facts.js'
import type { UserFields } from './user-fields.js'

/** The generated files that hold what a user of this app needs besides an email and a password. */
export const NEW_USER_FILES = {
  fields: 'src/accounts/new-user.ts',
  inputs: 'src/views/users/new-user-fields.ejs',
  fixture: 'test/support/new-user-fixture.ts',
} as const

/** The fields of an existing user model without which no row can be created. */
export type NewUserFields = {
  /** What the registration asks for. */
  asked: NewUserField[]
  /** What nobody can be asked for, or may choose: the app's own code has to decide it. */
  decided: FieldFacts[]
}

/** One that is asked for, with the values of its enum where it has one. */
export type NewUserField = FieldFacts & { values: readonly string[] }

export const NO_NEW_USER_FIELDS: NewUserFields = { asked: [], decided: [] }

/** Sorts them: whoever may choose a role at registration makes himself an administrator. */
export function newUserFields(
  model: ModelFacts,
  { models, enums }: Pick<PrismaFacts, 'models' | 'enums'>,
  known: UserFields,
): NewUserFields {
  const others = new Set(Object.values(known))
  const references = referencesIn(model, models)
  const needed = model.fields.filter(
    (field) =>
      (field.id || !others.has(field.name)) && isRequired(field) && !models.has(field.type),
  )
  const canBeAsked = ({ name, type, id }: FieldFacts) =>
    !id &&
    !references.has(name) &&
    !grantsSomething(name) &&
    !isIdentityElsewhere(name) &&
    (ASKABLE.has(type) || enums.has(type))

  return {
    asked: needed
      .filter(canBeAsked)
      .map((field) => ({ ...field, values: enums.get(field.type) ?? [] })),
    decided: needed.filter((field) => !canBeAsked(field)),
  }
}

const ASKABLE = new Set(['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime'])

function isRequired({ optional, list, hasDefault }: FieldFacts): boolean {
  return !optional && !list && !hasDefault
}

/** Columns that refer to a row of another model. */
function referencesIn(
  { fields }: ModelFacts,
  models: ReadonlyMap<string, ModelFacts>,
): Set<string> {
  const relations = fields.filter(({ type }) => models.has(type))

  return new Set(relations.flatMap(({ attributes }) => columnsOfRelation(attributes)))
}

/** `tenantId` of `@relation(fields: [tenantId], references: [id])`. */
export function columnsOfRelation(attributes: string): string[] {
  const [, list = ''] = /\bfields\s*:\s*\[([^\]]*)\]/.exec(attributes) ?? []

  return list.split(',').map((name) => name.trim())
}

const GRANTS = new Set(
  `role roles admin administrator super superuser staff owner permission permissions scope scopes
  grant grants access level rank tier plan status state kind type active enabled disabled approved
  verified validated confirmed banned blocked revoked suspended deleted balance credit credits
  points quota limit tenant organization company workspace team group salt secret token hash key
  cargo perfil papel rol estado saldo ativo activo`.split(/\s+/),
)

/** Rights, money, state and secrets, by the words in the name. */
function grantsSomething(name: string): boolean {
  return wordsIn(name).some((word) => GRANTS.has(word))
}

const IDENTITIES = new Set('uid guid sub subject provider external oauth openid oidc'.split(' '))

const SERVICES = new Set(
  `apple auth0 auth clerk cognito discord facebook firebase github gitlab google kakao kinde line
  linkedin microsoft naver okta slack spotify steam stripe supabase telegram tiktok twitch twitter
  vk`.split(/\s+/),
)

/** `providerId`, `firebaseUid`, `google_id`: whoever chose another's would be that person there. */
export function isIdentityElsewhere(name: string): boolean {
  const words = wordsIn(name)

  return (
    words.some((word) => IDENTITIES.has(word)) ||
    (words.length > 1 && words.some((word) => SERVICES.has(word)) && words.includes('id'))
  )
}

function wordsIn(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
}

import type { FieldFacts, ModelFacts } from '../facts/facts.js'

/** What our field is called in a model of the app: `confirmedAt` or `confirmed_at`. */
export function nameFor(ours: string, model: ModelFacts): string {
  return styleOf(model) === 'snake' ? toSnake(ours) : ours
}

/** The column of a field that is added to a model of the app, named as its other columns are. */
export function columnFor(name: string, model: ModelFacts): string {
  return styleOf(model) === 'mapped' ? toSnake(name) : name
}

/** How a model writes names of several words: `createdAt`, `created_at`, or one mapped to the other. */
function styleOf({ fields }: ModelFacts): 'camel' | 'snake' | 'mapped' {
  const long = fields.filter(
    ({ name, type }) => SCALAR.test(type) && /[a-z0-9](?:[A-Z]|_)/.test(name),
  )
  const count = (is: (field: FieldFacts) => boolean) => long.filter(is).length
  const snake = count(({ name }) => name.includes('_'))
  const camel = count(({ name, column }) => column === name) - snake

  if (snake > 0 && snake >= long.length / 2) return 'snake'

  return camel > 0 && camel >= long.length / 2 ? 'camel' : 'mapped'
}

const SCALAR = /^(?:String|Int|BigInt|Float|Decimal|Boolean|DateTime|Json|Bytes)$/

function toSnake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

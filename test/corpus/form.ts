// What somebody writes into a form: each field by its kind.

const TYPED: Record<string, string> = {
  checkbox: 'on',
  date: '2000-01-01',
  email: 'ada@example.com',
  number: '1',
  tel: '5550100',
}

/** A value for each of the fields, as the page with the form has them. */
export function fillForm(page: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, valueFor(page, name)]))
}

function valueFor(page: string, name: string): string {
  const tags = [...page.matchAll(/<(input|select)\b[^>]*>/g)]
  const tag = tags.find(([text]) => attributeOf(text, 'name') === name)
  if (tag === undefined) return 'Ada'
  const [text, element] = tag
  if (element === 'select') return firstOption(page.slice(tag.index))

  return TYPED[attributeOf(text, 'type') ?? 'text'] ?? 'Ada'
}

/** The first that says something: an empty one stands for nothing chosen. */
function firstOption(select: string): string {
  const [options = ''] = select.split('</select>')
  const texts = [...options.matchAll(/<option\b[^>]*>([^<]*)/g)].map(([, text = '']) => text.trim())

  return texts.find((text) => text !== '') ?? ''
}

function attributeOf(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
}

/** The attributes of a field or a block, one each: `@id`, `@default(now())`, `@db.Uuid`. */
export function attributesIn(code: string): string[] {
  const attributes: string[] = []
  let from = -1
  let depth = 0
  for (const { 0: token, index } of code.matchAll(TOKEN)) {
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    if (token !== '@' && token !== '@@') continue
    if (depth > 0) continue
    if (from !== -1) attributes.push(code.slice(from, index).trim())
    from = index
  }

  return from === -1 ? attributes : [...attributes, code.slice(from).trim()]
}

/** The name in `@map("name")`, `@@map(name: "name")`. */
export function mappedName(attributes: readonly string[]): string | null {
  for (const attribute of attributes) {
    const literal = /^@@?map\s*\(\s*(?:name\s*:\s*)?("(?:[^"\\]|\\.)*")/.exec(attribute)?.[1]
    if (literal !== undefined) return unquoted(literal)
  }

  return null
}

/** The only field in `@@id([name])`; `null` when there are several. */
export function onlyField(attribute: string): string | null {
  return /^@@\w+\s*\(\s*(?:fields\s*:\s*)?\[\s*([\p{L}\p{N}_]+)\s*\]/u.exec(attribute)?.[1] ?? null
}

/** What an attribute of a block says, however it is spaced and whatever its index is called. */
export function keyOfAttribute(attribute: string): string {
  const [, kind = attribute, fields = ''] = /^(@@\w+)\s*\([^[]*\[([^\]]*)\]/.exec(attribute) ?? []

  return `${kind}(${fields.replace(/\s/g, '')})`
}

export function isAttribute(attribute: string, name: string): boolean {
  return attribute.startsWith(name) && !/[\w.]/.test(attribute[name.length] ?? '')
}

/** The text that a string literal stands for. */
export function unquoted(literal: string): string {
  try {
    const value: unknown = JSON.parse(literal)

    return typeof value === 'string' ? value : literal
  } catch {
    return literal.slice(1, -1)
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"?|@@?|[()]/g

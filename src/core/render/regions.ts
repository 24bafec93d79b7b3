/**
 * Where a text is code and where it speaks to people. The same noun is `adminUser` in code, "admin
 * user" in a comment, `admin_users` in SQL and `admin-user` in a class name. Not a parser: a
 * noun in a region read wrongly is written in another casing, never in another word.
 */
export type RegionCasing = 'camel' | 'words' | 'snake' | 'kebab'

/** A stretch of text up to `end`, how a bare noun is written in it, and whether it is a string. */
export type Region = { end: number; casing: RegionCasing; isText?: true }

export function regionsOf(text: string, path: string): Region[] {
  const regions: Region[] = []
  scannerFor(text, path)(text, regions)
  regions.push({ end: text.length, casing: regions.at(-1)?.casing ?? 'camel' })

  return regions
}

type Scanner = (text: string, regions: Region[]) => void

function scannerFor(text: string, path: string): Scanner {
  if (/\.(?:ejs|html?)$/.test(path)) return scanMarkup
  if (/\.(?:md|txt)$/.test(path)) return scanMarkdown
  if (/\.sql$/.test(path)) return commented(/--[^\n]*|\/\*[\s\S]*?\*\//g, 'snake')
  if (/\.css$/.test(path)) return commented(/\/\*[\s\S]*?\*\//g, 'kebab')
  if (/\.(?:ya?ml|sh|toml)$|(?:^|\/)(?:\.env[^/]*|\.gitignore|Dockerfile)$/.test(path)) {
    return commented(/#[^\n]*/g, 'camel')
  }
  if (path === '' && /^\s*</.test(text)) return scanMarkup

  return (whole, regions) => {
    scanCode(whole, 0, whole.length, regions)
  }
}

function commented(comment: RegExp, casing: RegionCasing): Scanner {
  return (text, regions) => {
    for (const match of text.matchAll(comment)) {
      regions.push({ end: match.index, casing })
      regions.push({ end: match.index + match[0].length, casing: 'words' })
    }
    regions.push({ end: text.length, casing })
  }
}

function scanMarkdown(text: string, regions: Region[]): void {
  for (const match of text.matchAll(/^```[^\n]*\n[\s\S]*?^```/gm)) {
    const from = match.index + match[0].indexOf('\n')
    regions.push({ end: from, casing: 'words' })
    scanCode(text, from, match.index + match[0].length - 3, regions)
  }
  regions.push({ end: text.length, casing: 'words' })
}

const MARKUP = /<!--[\s\S]*?-->|<%#[\s\S]*?%>|<%[\s\S]*?%>|<\/?[A-Za-z](?:<%[\s\S]*?%>|[^>])*>/g

function scanMarkup(text: string, regions: Region[]): void {
  for (const match of text.matchAll(MARKUP)) {
    const end = match.index + match[0].length
    regions.push({ end: match.index, casing: 'words' })
    if (/^<(?:!--|%#)/.test(match[0])) regions.push({ end, casing: 'words' })
    else if (match[0].startsWith('<%')) scanCode(text, match.index + 2, end, regions)
    else scanTag(text, match.index, end, regions)
  }
  regions.push({ end: text.length, casing: 'words' })
}

const IN_TAG = /<%([\s\S]*?)%>|(?<=\b(?:title|alt|placeholder|content|aria-label)=)"[^"<]*"/g

function scanTag(text: string, start: number, end: number, regions: Region[]): void {
  for (const match of text.slice(start, end).matchAll(IN_TAG)) {
    const from = start + match.index
    const to = from + match[0].length
    regions.push({ end: from, casing: 'kebab' })
    if (match[1] === undefined) regions.push({ end: to, casing: 'words' })
    else scanCode(text, from + 2, to, regions)
  }
  regions.push({ end, casing: 'kebab' })
}

/** Reads JavaScript, TypeScript, Prisma's schema language and JSON; returns where it stopped. */
function scanCode(
  text: string,
  start: number,
  stop: number,
  regions: Region[],
  inTemplate = false,
): number {
  let depth = 0
  let at = start
  while (at < stop) {
    const character = text[at]
    if (character === '{') depth += 1
    if (character === '}') depth -= 1
    if (inTemplate && depth < 0) break
    at = scanPiece(text, at, stop, regions)
  }
  regions.push({ end: at, casing: 'camel' })

  return at
}

function scanPiece(text: string, at: number, stop: number, regions: Region[]): number {
  const character = text[at]
  if (character === '\\') return at + 2
  if (text.startsWith('//', at)) return proseUntil('\n', text, at, stop, regions)
  if (text.startsWith('/*', at)) return proseUntil('*/', text, at, stop, regions)
  if (character === "'" || character === '"') return scanString(text, at, stop, regions)
  if (character === '`') return scanTemplate(text, at, stop, regions)

  return at + 1
}

function proseUntil(
  closing: string,
  text: string,
  at: number,
  stop: number,
  regions: Region[],
): number {
  const found = text.indexOf(closing, at + 2)
  const end = found === -1 ? stop : Math.min(found + closing.length, stop)
  regions.push({ end: at, casing: 'camel' }, { end, casing: 'words' })

  return end
}

function scanString(text: string, at: number, stop: number, regions: Region[]): number {
  const quote = text[at]
  let end = at + 1
  while (end < stop && text[end] !== quote && text[end] !== '\n') {
    end += text[end] === '\\' ? 2 : 1
  }
  end = Math.min(end, stop)
  regions.push(
    { end: at, casing: 'camel' },
    { end, casing: casingInString(text.slice(at + 1, end)), isText: true },
  )

  return end + 1
}

function scanTemplate(text: string, start: number, stop: number, regions: Region[]): number {
  const isSql = STARTS_SQL.test(text.slice(start + 1, start + 80))
  let at = start + 1
  let from = at
  regions.push({ end: at, casing: 'camel' })
  while (at < stop && text[at] !== '`') {
    if (text.startsWith('${', at)) {
      const casing = isSql ? 'snake' : casingInString(text.slice(from, at))
      regions.push({ end: at, casing, isText: true })
      at = scanCode(text, at + 2, stop, regions, true)
      from = at
    } else at += text[at] === '\\' ? 2 : 1
  }
  regions.push({
    end: Math.min(at, stop),
    casing: isSql ? 'snake' : casingInString(text.slice(from, at)),
    isText: true,
  })

  return at + 1
}

const STARTS_SQL =
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|TRUNCATE|FROM|JOIN|WHERE)\b/

function casingInString(content: string): RegionCasing {
  if (STARTS_SQL.test(content)) return 'snake'
  if (/\s/.test(content)) return 'words'

  // A plural alone in quotes is a table; a singular is a property.
  return content === 'users' ? 'snake' : 'camel'
}

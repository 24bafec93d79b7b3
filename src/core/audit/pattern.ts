/**
 * What code looks like, told in tokens, so that neither formatting nor comments matter. Tokens
 * stand apart; `…` is any number of them, `$name` any one word, the same wherever it comes again,
 * and `~text` a token that holds this regular expression.
 *
 *     . userToken . deleteMany ( { where : { id : $row . id } } ) … return $row . user
 */
export type Pattern = readonly string[]

export function parsePattern(text: string): Pattern {
  return text.split(' ')
}

/** Where the pattern begins in a list of tokens; `null` when it is not there. */
export function findPattern(pattern: Pattern, tokens: readonly string[]): number | null {
  for (let start = 0; start < tokens.length; start += 1) {
    if (matchesAt(pattern, tokens, { part: 0, at: start, names: new Map() })) return start
  }

  return null
}

type Progress = { part: number; at: number; names: ReadonlyMap<string, string> }

function matchesAt(pattern: Pattern, tokens: readonly string[], progress: Progress): boolean {
  const { part, at, names } = progress
  const wanted = pattern[part]
  if (wanted === undefined) return true
  if (wanted === '…') {
    for (let next = at; next < tokens.length; next += 1) {
      if (matchesAt(pattern, tokens, { part: part + 1, at: next, names })) return true
    }

    return false
  }
  const token = tokens[at]
  const known = token === undefined ? null : bind(wanted, token, names)

  return known !== null && matchesAt(pattern, tokens, { part: part + 1, at: at + 1, names: known })
}

/** The names known after a token was compared; `null` when it is another one. */
function bind(
  wanted: string,
  token: string,
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | null {
  if (wanted.startsWith('~')) return new RegExp(wanted.slice(1)).test(token) ? names : null
  if (!/^\$\w/.test(wanted)) return wanted === token ? names : null
  const known = names.get(wanted)
  if (known !== undefined) return known === token ? names : null

  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(token) ? new Map(names).set(wanted, token) : null
}

/** The lines that `after` has more than `before`, each group with the line above it, trimmed. */
export function patchOf(before: string, after: string): string[] {
  const old = before.split(/\r?\n/)
  const patch: string[] = []
  let at = 0
  let above: string | null = null
  for (const line of after.split(/\r?\n/)) {
    if (line === old[at]) {
      above = line.trim()
      at += 1
      continue
    }
    if (above !== null) patch.push(`  ${above}`)
    patch.push(`+ ${line.trim()}`.trimEnd())
    above = null
  }

  return patch
}

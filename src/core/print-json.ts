/** JSON as Prettier and Biome leave it: a list of texts has one line when it fits. */
export function printJson(value: object): string {
  const text = JSON.stringify(value, null, 2).replace(
    LIST_OF_TEXTS,
    (match, start: string, items: string, end: string) => {
      const line = `${start}[${items
        .trim()
        .split(/,\n\s+/)
        .join(', ')}]${end}`

      return line.length <= WIDTH ? line : match
    },
  )

  return `${text}\n`
}

/** Whether two texts are the same data, however somebody's formatter has laid them out. */
export function isSameJson(one: string, other: string): boolean {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other))
  } catch {
    return false
  }
}

const WIDTH = 80

const LIST_OF_TEXTS = /^(.*)\[\n((?:\s+"(?:[^"\\]|\\.)*",?\n)+)\s*\](,?)$/gm

// The order in which Biome's `organizeImports` wants imports and their names: it is on in most apps
// that lint with Biome, and nobody minds it in the others.

/** From far to near: what Node has, packages, then the app's own files. */
const DISTANCES = [/^node:/, /^(?![#~.]|@\/)/, /^(?:[#~]|@\/)/, /^\.\.\//, /^\.\//]

/** What comes before letters and digits in a path: a folder's files come before its namesake. */
const BEFORE_LETTERS = '/.-_'

export function compareModules(one: string, other: string): number {
  return distanceOf(one) - distanceOf(other) || compareNames(one, other)
}

function distanceOf(module: string): number {
  return DISTANCES.findIndex((pattern) => pattern.test(module))
}

/** `A` comes before `a`, and both before `B`. */
export function compareNames(one: string, other: string): number {
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const difference = rankOf(one.charAt(index)) - rankOf(other.charAt(index))
    if (difference !== 0) return difference
  }

  return one.length - other.length
}

/** Letters by the alphabet, capitals first; the signs of a path before them. */
function rankOf(character: string): number {
  const sign = BEFORE_LETTERS.indexOf(character)
  if (sign !== -1) return sign - BEFORE_LETTERS.length
  const small = character.toLowerCase()

  return small.charCodeAt(0) * 2 + (small === character ? 1 : 0)
}

import { importsOf } from '../edits/imports.js'
import type { Facts, HashingFacts } from './facts.js'
import type { Manifest } from './manifest.js'
import type { Sources } from './sources.js'

/** How the app hashed passwords before us, as far as its packages and its own code show. */
export function readHashing(sources: Sources, manifest: Manifest): Facts['hashing'] {
  const paths = sources.paths.filter((path) => /bcrypt/i.test(sources.textOf(path)))
  const imports = paths.flatMap((path) => {
    const source = sources.read(path)

    return source ? importsOf(source.program) : []
  })
  const found = PACKAGES.map((name) => ({
    name,
    uses: imports.filter(({ module }) => module === name),
  })).filter(({ name, uses }) => uses.length > 0 || manifest.ranges.has(name))
  const inUse = found.find(({ uses }) => uses.length > 0) ?? found[0]
  if (!inUse) return ARGON2.some((name) => manifest.ranges.has(name)) ? 'argon2' : null

  return {
    package: inUse.name,
    import: styleOf(inUse.uses.map(({ imported }) => imported)),
    cost: costIn(paths.map((path) => sources.textOf(path)).join('\n')),
  }
}

const ARGON2 = ['argon2', '@node-rs/argon2', 'argon2-browser', 'hash-wasm']

const PACKAGES = ['bcrypt', 'bcryptjs', '@node-rs/bcrypt'] as const

/** What compiles in the app's own files does so in ours. */
function styleOf(imported: readonly string[]): HashingFacts['import'] {
  if (imported.includes('default')) return 'default'
  if (imported.includes('*')) return 'namespace'

  return imported.length > 0 ? 'named' : 'default'
}

/** What bcrypt's own examples have, and nearly every app. */
const USUAL_COST = 10

const COST =
  /\b(?:hash|hashSync|genSalt|genSaltSync)\(\s*(?:[^(),]+,\s*)?(\d{1,2})\s*[,)]|(?:salt|bcrypt|hash)_?(?:rounds|cost|factor)\w*\s*(?::\s*number\s*)?[=:]\s*(\d{1,2})\b/i

function costIn(text: string): number {
  const [, argument, constant] = COST.exec(text) ?? []
  const cost = Number(argument ?? constant)

  return cost >= 4 && cost <= 15 ? cost : USUAL_COST
}

import type { Facts } from '../facts/facts.js'

/** The templates about passwords that an app hashed before us. */
export const OLD_PASSWORDS = {
  code: 'src/accounts/old-passwords.ts',
  test: 'test/accounts/old-passwords.test.ts',
} as const

/** Has old hashes verified by the app's own package, imported as the app imports it. */
export function adaptOldPasswords(
  text: string,
  template: string,
  { hashing }: Pick<Facts, 'hashing'>,
): string {
  const isOurs = template === OLD_PASSWORDS.code || template === OLD_PASSWORDS.test
  if (!isOurs || hashing === null || hashing === 'argon2') return text
  const cost = String(hashing.cost).padStart(2, '0')
  const adapted = text
    .replace("OLD_COST = '10'", `OLD_COST = '${cost}'`)
    .replace('hash(oldPassword, 10)', `hash(oldPassword, ${hashing.cost})`)
  if (hashing.import === 'namespace') return withImport(adapted, `* as bcrypt`, hashing.package)
  if (hashing.import === 'default') return withImport(adapted, 'bcrypt', hashing.package)
  const named = template === OLD_PASSWORDS.code ? 'compare' : 'hash'

  return withImport(adapted, `{ ${named} }`, hashing.package).replaceAll(
    `bcrypt.${named}(`,
    `${named}(`,
  )
}

function withImport(text: string, names: string, from: string): string {
  return text.replace(/^import bcrypt from '[^'\n]*'$/m, `import ${names} from '${from}'`)
}

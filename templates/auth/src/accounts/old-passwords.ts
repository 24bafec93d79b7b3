//% if (features.oldBcrypt) {
import bcrypt from 'bcryptjs'

//% }
// Passwords that this app hashed before it had argon2id. They are verified as they are, and get a
// hash of today when their owner logs in. Once there is none left, this file can go.
//% if (features.oldBcrypt) {

/** How much work the old hashes are, as a power of two. Yours differ? Then change it here. */
const OLD_COST = '10'

// A well-formed hash that no password has: what is verified for everybody who has no old hash, so
// that the time of an answer does not tell who has one, and with it an account.
const NO_OLD_HASH = `$2b$${OLD_COST}$${'A'.repeat(53)}`

// A hash that somebody wrote into the database must not be able to ask for hours: 4 to 15.
const OLD_HASH = /^\$2[aby]\$(?:0[4-9]|1[0-5])\$[./A-Za-z0-9]{53}$/

/** Whether the password is the one that an old hash was made from. */
export async function verifyOldPassword(password: string, hash: string | null): Promise<boolean> {
  const usable = hash !== null && OLD_HASH.test(hash)
  // PHP writes 2y for what others call 2b.
  const valid = await bcrypt.compare(password, usable ? hash.replace('$2y$', '$2b$') : NO_OLD_HASH)

  return usable && valid
}
//% }
//% if (features.oldUnknown) {

/**
 * Whether the password is the one that an old hash was made from. Fill in how this app verified
 * passwords before: until then nobody gets in with an old one. Do the same work where there is no
 * old hash (`hash` is null, or one of today's), or the time of an answer tells who has an account.
 */
export async function verifyOldPassword(
  _password: string,
  _hash: string | null,
): Promise<boolean> {
  return false
}
//% }

// A key pair for apps that sign with one, made anew for each run: none is kept anywhere.

import { generateKeyPairSync } from 'node:crypto'

let known: { privateKey: string; publicKey: string } | null = null

/** `{private key}` and `{public key}` in a setting stand for these, in base64. */
export function withKeys(value: string): string {
  if (!/\{(?:private|public) key\}/.test(value)) return value
  known ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const base64 = (key: string) => Buffer.from(key).toString('base64')

  return value
    .replace('{private key}', base64(known.privateKey))
    .replace('{public key}', base64(known.publicKey))
}

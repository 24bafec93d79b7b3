import { type Check, type Finding, problem } from './check.js'

/** What signs every cookie: whoever knows it can make any of them. */
export const secrets: Check = {
  name: 'secrets',
  healthy: 'SESSION_SECRET is long and random, and git does not know it',
  examine: ({ environment, committed }) => [
    ...(committed.length > 0 ? [committedSecret(committed)] : []),
    ...examineSecret(environment.get('SESSION_SECRET') ?? ''),
  ],
}

const MAKE_ONE = 'SESSION_SECRET= in .env, with the output of: openssl rand -base64 32'

// The same as in the generated auth-config.ts, which refuses to boot with it.
const SHORTEST = 32
const FEWEST_CHARACTERS = 8
const PLACEHOLDER = /change.?me|placeholder|your.?secret|example/i

function examineSecret(value: string): Finding[] {
  const list = listOf(value)
  if (list.length === 0) {
    return [
      problem(
        'SESSION_SECRET is not set: every restart logs everybody out, and production does not start.',
        MAKE_ONE,
      ),
    ]
  }

  return list.flatMap((secret) => {
    const weakness = weaknessOf(secret)

    return weakness === null
      ? []
      : [problem(`SESSION_SECRET ${weakness}, so the app does not start.`, MAKE_ONE)]
  })
}

/** Those that are worth looking for elsewhere: a placeholder stands in every example. */
export function strongSecrets(value: string): string[] {
  return listOf(value).filter((secret) => weaknessOf(secret) === null)
}

/** Newest first; all of them open what they signed. */
function listOf(value: string): string[] {
  return value
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean)
}

/** Never with the secret in it. */
function weaknessOf(secret: string): string | null {
  if (PLACEHOLDER.test(secret)) return 'is a placeholder'
  if (secret.length < SHORTEST) return `has ${secret.length} characters, and needs ${SHORTEST}`

  return new Set(secret).size < FEWEST_CHARACTERS ? 'repeats a few characters' : null
}

function committedSecret(files: readonly string[]): Finding {
  return problem(
    `Git has the SESSION_SECRET, in ${files.join(' and ')}: whoever can read the repository can log in as anybody.`,
    `A new ${MAKE_ONE}, in a file that git ignores`,
  )
}

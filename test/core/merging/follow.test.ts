import { describe, expect, test } from 'vitest'
import { upgradedIn } from '../../merging/in-app.js'

const BASE = `import { createHash } from 'node:crypto'

import type { Database } from './accounts/database.js'

// The accounts of this app.

export async function findUser(db: Database, id: string) {
  return db.user.find(id)
}

// Tokens

/** What is stored of a token. */
function hashToken(token: string): string {
  const hash = createHash('sha256')

  return hash.update(token).digest('hex')
}

export async function findToken(db: Database, token: string) {
  return db.token.find(hashToken(token))
}
`

const STAYS = `import type { Database } from './accounts/database.js'

// The accounts of this app.

export { findToken } from './accounts/tokens.js'

export async function findUser(db: Database, id: string) {
  return db.user.find(id)
}
`

const MOVED = `import { createHash } from 'node:crypto'

import type { Database } from './database.js'

/** What is stored of a token. */
export function hashToken(token: string): string {
  const hash = createHash('sha256')

  return hash.update(token).digest('hex')
}

/** The token, while it is valid. */
export async function findToken(db: Database, token: string) {
  return db.token.find(hashToken(token))
}
`

const [FROM, TO] = ['src/accounts.ts', 'src/accounts/tokens.ts']

/** A new version that still uses what moved. */
const USES = STAYS.replace(
  "database.js'\n",
  "database.js'\nimport { hashToken } from './accounts/tokens.js'\n",
).replace('db.user.find(id)', 'db.user.find(hashToken(id))')

function upgraded(edit: (text: string) => string, { stays = STAYS, theirs = MOVED } = {}) {
  const before = new Map([[FROM, BASE]])
  const after = new Map([
    [FROM, stays],
    [TO, theirs],
  ])
  const { rung, note, files } = upgradedIn(FROM, edit(BASE), before, after)

  return { rung, note, from: files.get(FROM)?.result ?? '', to: files.get(TO)?.result ?? MOVED }
}

const replaced = (from: string, to: string) => (text: string) => text.replace(from, to)

describe('an edit of a declaration that the new version has in another file', () => {
  test('goes there, and the file that it was in becomes the new one', () => {
    const { rung, note, from, to } = upgraded(replaced("'sha256'", "'sha512'"))

    expect(rung).toBe('moves')
    expect(note).toBe('hashToken moved to src/accounts/tokens.ts with your edit; please review it')
    expect(from).toBe(STAYS)
    expect(to).toBe(MOVED.replace("'sha256'", "'sha512'"))
  })

  test('brings the import that it needs, from where it is seen there', () => {
    const edit = (text: string) =>
      text
        .replace('import type', "import { audit, log } from './audit.js'\nimport type")
        .replace('  const hash', '  audit(token)\n  const hash')
        .replace('  return db.user', '  log(id)\n  return db.user')
    const { rung, from, to } = upgraded(edit)

    expect(rung).toBe('moves')
    expect(to).toContain("import { audit } from '../audit.js'\n")
    expect(to).toContain('  audit(token)\n  const hash')
    expect(from).toContain("import { log } from './audit.js'\n")
    expect(from).not.toContain('audit,')
  })

  test('keeps a comment of each side above it', () => {
    const { rung, to } = upgraded(replaced('export async function findToken', '// mine\n$&'))

    expect(rung).toBe('moves')
    expect(to).toContain('/** The token, while it is valid. */\n// mine\nexport async function')
  })

  test('keeps a comment of its owner below one that the new version rewords', () => {
    const { rung, to } = upgraded(
      replaced('\nfunction hashToken', '\n// mine\nfunction hashToken'),
      { theirs: MOVED.replace('What is stored of a token.', 'What the database has of a token.') },
    )

    expect(rung).toBe('moves')
    expect(to).toContain(
      '/** What the database has of a token. */\n// mine\nexport function hashToken',
    )
  })

  test('that exports it has the file hand it on from where it is', () => {
    const { rung, from, to } = upgraded(
      replaced('\nfunction hashToken', '\nexport function hashToken'),
      { stays: USES },
    )

    expect(rung).toBe('moves')
    expect(from).toContain(
      "import { hashToken } from './accounts/tokens.js'\nexport { hashToken } from './accounts/tokens.js'\n",
    )
    expect(to).toBe(MOVED)
  })

  test('that gives it another name has the file import it under that', () => {
    const { rung, from, to } = upgraded((text) => text.replaceAll('hashToken', 'hashOfMine'), {
      stays: USES,
    })

    expect(rung).toBe('moves')
    expect(from).toBe(
      USES.replace('{ hashToken }', '{ hashToken as hashOfMine }').replace(
        'hashToken(id)',
        'hashOfMine(id)',
      ),
    )
    expect(to).toBe(MOVED)
  })

  test('that gives another name to what others import has it handed on under both', () => {
    const { rung, from } = upgraded(replaced('findToken(', 'findIt('))

    expect(rung).toBe('moves')
    expect(from).toContain('export { findToken, findToken as findIt } from')
  })

  test('goes there as well where its owner renames a parameter in all of the file', () => {
    const { rung, from, to } = upgraded((text) => text.replace(/\bdb\b/g, 'database'))

    expect(rung).toBe('moves')
    expect(from).toContain('return database.user.find(id)')
    expect(to).toContain('return database.token.find(hashToken(token))')
  })

  test('that is only formatting needs no merge at all', () => {
    const { rung, from, to } = upgraded((text) => text.replace(/^ {2}/gm, '\t'))

    expect(rung).not.toBe('conflict')
    expect(from).toContain('\treturn db.user.find(id)')
    expect(to).toBe(MOVED)
  })

  test('leaves what its owner took out of it away', () => {
    const { rung, to } = upgraded(replaced("  const hash = createHash('sha256')\n\n", ''))

    expect(rung).toBe('moves')
    expect(to).not.toContain("createHash('sha256')")
  })
})

describe('is for a person, and goes nowhere, where it', () => {
  test.each<[string, (text: string) => string]>([
    [
      'uses a function that stays behind',
      (text) =>
        `${text.replace('  const hash', '  mine()\n  const hash')}\nfunction mine() {\n  return 1\n}\n`,
    ],
    [
      'uses a file by a path of its own',
      replaced('  const hash', "  void import('./mine.js')\n  const hash"),
    ],
    [
      'is a name that others could import',
      replaced('\nfunction hashToken', '\nexport function hashToken'),
    ],
    ['is another name', (text) => text.replaceAll('hashToken', 'hashOfMine')],
    [
      'uses a name that means something else there',
      (text) =>
        text.replace(
          "import { createHash } from 'node:crypto'",
          "import { createHash } from './mine.js'",
        ),
    ],
    [
      'was moved by its owner within the file',
      (text) => {
        const at = text.indexOf('// Tokens')
        const [tokens = '', find = ''] = text.slice(at).split('\nexport async')

        return `${text.slice(0, at)}export async${find}\n${tokens.replace('sha256', 'sha512')}`
      },
    ],
  ])('%s', (_name, edit) => {
    const { rung, from, to } = upgraded(edit)

    expect(rung).toBe('conflict')
    expect(from).toContain('<<<<<<<')
    expect(to).toBe(MOVED)
  })

  test('meets a change of the new version at the same place', () => {
    const { rung } = upgraded(replaced("'sha256'", "'sha512'"), {
      theirs: MOVED.replace("'sha256'", "'sha3-256'"),
    })

    expect(rung).toBe('conflict')
  })

  test('would be lost with what else the owner has in the file', () => {
    const { rung } = upgraded(
      (text) => `${text.replace('sha256', 'sha512')}\nexport const mine = hashToken('mine')\n`,
    )

    expect(rung).toBe('conflict')
  })

  test('is a declaration that two files have now', () => {
    const before = new Map([[FROM, BASE]])
    const after = new Map([
      [FROM, STAYS],
      [TO, MOVED],
      ['src/accounts/other.ts', MOVED],
    ])
    const { rung } = upgradedIn(FROM, BASE.replace('sha256', 'sha512'), before, after)

    expect(rung).toBe('conflict')
  })
})

import { describe, expect, test } from 'vitest'
import { joinImports } from '../../src/core/join-imports.js'

describe('imports from one module', () => {
  test('become one, sorted by name', () => {
    expect(
      joinImports(
        [
          "import { DAY, type Time } from './duration.js'",
          "import { readFileSync } from 'node:fs'",
          "import { HOUR } from './duration.js'",
          'use(DAY, HOUR)',
        ].join('\n'),
      ),
    ).toBe(
      [
        "import { DAY, HOUR, type Time } from './duration.js'",
        "import { readFileSync } from 'node:fs'",
        'use(DAY, HOUR)',
      ].join('\n'),
    )
  })

  test('say of each name that it is a type, where not all of them are', () => {
    const types = "import type { B } from './a.js'"

    expect(joinImports(`${types}\nimport { a } from './a.js'`)).toBe(
      "import { a, type B } from './a.js'",
    )
    expect(joinImports(`${types}\nimport type { A } from './a.js'`)).toBe(
      "import type { A, B } from './a.js'",
    )
  })

  test.each([
    ['a default is', "import a from './a.js'\nimport { b } from './a.js'"],
    [
      'the line would be too long',
      `import { ${'a'.repeat(60)} } from './a.js'\nimport { ${'b'.repeat(60)} } from './a.js'`,
    ],
    ['it is text', "  import { a } from './a.js'\n  import { b } from './a.js'"],
  ])('stay two where %s', (_reason, text) => {
    expect(joinImports(text)).toBe(text)
  })
})

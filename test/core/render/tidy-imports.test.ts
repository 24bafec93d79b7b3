import { describe, expect, test } from 'vitest'
import { tidyImports } from '../../../src/core/render/tidy-imports.js'

describe('imports from one module', () => {
  test('become one, sorted by name, capitals first', () => {
    expect(
      tidyImports(
        [
          "import { needsRehash, DAY, type Time } from './duration.js'",
          "import { NO_PASSWORD, HOUR } from './duration.js'",
          'use(DAY, HOUR)',
        ].join('\n'),
      ),
    ).toBe(
      [
        "import { DAY, HOUR, NO_PASSWORD, needsRehash, type Time } from './duration.js'",
        'use(DAY, HOUR)',
      ].join('\n'),
    )
  })

  test('say of each name that it is a type, where not all of them are', () => {
    const types = "import type { B } from './a.js'\n"

    expect(tidyImports(`${types}import { a } from './a.js'\n`)).toBe(
      "import { a, type B } from './a.js'\n",
    )
    expect(tidyImports(`${types}import type { A } from './a.js'\n`)).toBe(
      "import type { A, B } from './a.js'\n",
    )
  })

  test('get a line for each name where one line would be too long', () => {
    const [a, b] = ['a'.repeat(60), 'b'.repeat(60)]

    expect(tidyImports(`import { ${a} } from './a.js'\nimport { ${b} } from './a.js'\n`)).toBe(
      `import {\n  ${a},\n  ${b},\n} from './a.js'\n`,
    )
  })

  test.each([
    ['a default is', "import a from './a.js'\nimport { b } from './a.js'\n"],
    ['it is text', "  import { a } from './a.js'\n  import { b } from './a.js'\n"],
  ])('stay two where %s', (_reason, text) => {
    expect(tidyImports(text)).toBe(text)
  })
})

describe('imports that are neighbours', () => {
  test('stand from far to near, and in the alphabet', () => {
    const sorted = [
      "import { join } from 'node:path'",
      "import cookie from '@fastify/cookie'",
      "import fastify from 'fastify'",
      "import { db } from '@/db'",
      "import { HOUR } from '../accounts/duration.js'",
      "import * as accounts from '../accounts.js'",
      "import session from './session.js'",
      "import { hasMoved } from './session-protection.js'",
      '',
    ]

    expect(tidyImports(sorted.toReversed().slice(1).concat('').join('\n'))).toBe(sorted.join('\n'))
  })

  test('are no neighbours over an empty line, a comment or an import for its effect', () => {
    const text = [
      "import { b } from './b.js'",
      '',
      "import { c } from './c.js'",
      '// Before the next one.',
      "import { a } from './a.js'",
      "import './load-env.js'",
      "import { d } from 'd'",
      '',
    ].join('\n')

    expect(tidyImports(text)).toBe(text)
  })
})

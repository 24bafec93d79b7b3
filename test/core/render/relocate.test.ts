import { describe, expect, test } from 'vitest'
import { relocate } from '../../../src/core/render/relocate.js'

const style = { modules: 'esm', importSuffix: '.js' } as const
const places: Record<string, string> = {
  'src/accounts': 'app/accounts',
  'src/plugins/pages': 'app/auth/pages',
  'src/generated/prisma/client': '@prisma/client',
  'src/views': 'app/views',
}

function moved(text: string, to = 'app/auth/users.ts', changed = {}) {
  const find = (path: string) => places[path] ?? path

  return relocate(text, { from: 'src/plugins/users.ts', to, find }, { ...style, ...changed })
}

describe('a relative import', () => {
  test('leads to where its module went', () => {
    expect(moved("import * as accounts from '../accounts.js'")).toBe(
      "import * as accounts from '../accounts.js'",
    )
    expect(moved("import { page } from './pages.js'", 'app/deep/er/users.ts')).toBe(
      "import { page } from '../../auth/pages.js'",
    )
  })

  test('is found in every way to write one', () => {
    const ways = [
      "export { page } from './pages.js'",
      "import './pages.js'",
      "await import('./pages.js')",
      "type Page = import('./pages.js').Page",
      'import {\n  page,\n} from "./pages.js"',
      "vi.mock('./pages.js')",
    ]

    for (const way of ways) {
      expect(moved(way, 'app/users.ts')).toBe(way.replace('./pages.js', './auth/pages.js'))
    }
  })

  test('ends as the app ends its own', () => {
    expect(moved("from '../accounts.js'", undefined, { importSuffix: '' })).toBe(
      "from '../accounts'",
    )
    expect(moved("from '../accounts.js'", undefined, { importSuffix: '.ts' })).toBe(
      "from '../accounts.ts'",
    )
  })

  test('becomes the name of the package that has the module', () => {
    expect(moved("from '../generated/prisma/client.js'")).toBe("from '@prisma/client'")
  })

  test('stays a text when the path of the app holds a quote', () => {
    places['src/odd'] = "app/it's/odd"

    expect(moved("from '../odd.js'")).toBe("from '../it\\'s/odd.js'")
  })
})

test('packages, and texts that only look like paths, stay', () => {
  const text = "import fp from 'fastify-plugin'\nconst path = '../accounts.js'\n"

  expect(moved(text)).toBe(text)
})

test('a folder beside the file is found again, by way of the root where the path takes it', () => {
  expect(moved("join(import.meta.dirname, '../../src/views')")).toBe(
    "join(import.meta.dirname, '../../app/views')",
  )
  expect(moved("join(import.meta.dirname, '../../src/views')", 'auth/deep/er/users.ts')).toBe(
    "join(import.meta.dirname, '../../../app/views')",
  )
})

test('a page that moved aside is called by its new name', () => {
  places['src/views/dev/mailbox'] = 'app/views/dev/admins/mailbox'

  expect(moved("page(reply, 'dev/mailbox.ejs')")).toBe("page(reply, 'dev/admins/mailbox.ejs')")
})

test('CommonJS has other words for where a file is', () => {
  expect(moved("join(import.meta.dirname, '../../src/views')", undefined, { modules: 'cjs' })).toBe(
    "join(__dirname, '../../app/views')",
  )
})

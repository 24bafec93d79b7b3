import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Facts } from '../../../src/core/facts/facts.js'
import { readFacts } from '../../../src/core/facts/read-facts.js'
import { restyle } from '../../../src/core/render/restyle.js'
import { stripTypes } from '../../../src/core/render/strip-types.js'
import { factory } from '../facts/apps.js'
import { app, operationOn, planFor, scaffolded } from '../planning.js'

const PLAIN: Facts['style'] = { quote: "'", semicolon: '', indent: '  ', lineEnd: '\n' }
const OTHER: Facts['style'] = { quote: '"', semicolon: ';', indent: '\t', lineEnd: '\n' }

const CODE = `'use strict'
import { a } from './a.js'
export * from './b.js'

type Pair = { left: string; right: 'one' | 'two' }

declare module 'fastify' {
  interface FastifyInstance {
    pair: Pair
    both(): Pair // of them
  }
}

/**
 * Says 'hello'.
 */
export class Greeter {
  name = 'it\\'s me'
  greet = async () => {
    for (const word of ['a "b"', "c"]) if (word) return \`
    kept as 'it' is
    \${a(
      'd',
    )}\`
    do { a() } while (this.name)
    throw new Error('no')
  }
}

export default function last() {}
`

const RESTYLED = `"use strict";
import { a } from "./a.js";
export * from "./b.js";

type Pair = { left: string; right: "one" | "two" };

declare module "fastify" {
\tinterface FastifyInstance {
\t\tpair: Pair;
\t\tboth(): Pair; // of them
\t}
}

/**
 * Says 'hello'.
 */
export class Greeter {
\tname = "it's me";
\tgreet = async () => {
\t\tfor (const word of ['a "b"', "c"]) if (word) return \`
    kept as 'it' is
    \${a(
\t\t\t"d",
\t\t)}\`;
\t\tdo { a(); } while (this.name);
\t\tthrow new Error("no");
\t};
}

export default function last() {}
`

describe('code in another style', () => {
  test('has the quotes, semicolons and indentation asked for', () => {
    expect(restyle('a.ts', CODE, OTHER)).toBe(RESTYLED)
  })

  test('is as it was in the style of the templates', () => {
    expect(restyle('a.ts', CODE, PLAIN)).toBe(CODE)
  })

  test('has its line ends everywhere, in pages too', () => {
    const style = { ...OTHER, lineEnd: '\r\n' as const }

    expect(restyle('a.ts', CODE, style)).toBe(RESTYLED.replaceAll('\n', '\r\n'))
    expect(restyle('a.ejs', "<a href='b'>\n  c\n", style)).toBe("<a href='b'>\r\n  c\r\n")
  })

  test('stays as it is where it cannot be read', () => {
    expect(restyle('a.ts', "const = '", OTHER)).toBe("const = '")
  })

  const folder = join(import.meta.dirname, '../../../examples/default')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /^(?:src|test)\/.*\.ts$/.test(path) && !path.includes('generated/'),
  )

  test('is right for everything that is generated, and the same when it is done twice', () => {
    expect(files.length).toBeGreaterThan(50)
    for (const path of files) {
      const text = readFileSync(join(folder, path), 'utf8')
      for (const [name, code] of [
        [path, text],
        [path.replace(/ts$/, 'js'), stripTypes(text)],
      ] as const) {
        const restyled = restyle(name, code, OTHER)

        expect(restyled, name).not.toBe(code)
        expect(restyle(name, restyled, OTHER), name).toBe(restyled)
        expect(restyled, name).not.toMatch(/from '|^import [^;]*"$/m)
      }
    }
  })
})

describe('the style of an app', () => {
  const loud =
    'import a from "a";\r\nimport {\r\n    b\r\n} from "b";\r\nconst c = () => {\r\n    b();\r\n}\r\n'

  test('is that of most of its files', () => {
    const files = { 'src/app.ts': `${loud}import f from "fastify";\r\nexport const app = f();\r\n` }
    const more = { 'src/a.ts': loud, 'src/b.ts': loud, 'src/c.ts': loud, 'src/d.ts': loud }

    expect(readFacts(factory({ ...files, ...more })).style).toEqual({
      quote: '"',
      semicolon: ';',
      indent: '    ',
      lineEnd: '\r\n',
    })
  })

  test('is ours where nothing shows another one', () => {
    expect(readFacts(factory({})).style).toEqual(PLAIN)
  })
})

describe('an app that has no formatter', () => {
  const loud = {
    'src/app.ts': `import Fastify from "fastify";
import { prisma } from "./db.js";

export async function buildApp() {
    const app = Fastify();
    app.get("/", () => prisma.note.count());
    return app;
}
`,
    'src/db.ts':
      'import { PrismaClient } from "./generated/prisma/client.js";\nexport const prisma = new PrismaClient();\n',
  }

  test('gets code as it is written there, and nothing new from a second run', () => {
    const plan = planFor(app(loud))

    expect(operationOn(plan, 'src/accounts.ts')?.after).toContain('export const first = 1;\n')
    expect(operationOn(plan, 'src/plugins/users.ts')?.after).toContain(
      'import { page } from "./pages.js";\n',
    )
    const again = planFor(scaffolded(app(loud)))
    expect(new Set(again.operations.map(({ verb }) => verb))).toEqual(new Set(['identical']))
  })

  test('keeps what was written when its own style changes later', () => {
    const before = scaffolded(app(loud))
    const after = new Map([...before, ['src/app.ts', app().get('src/app.ts') ?? '']])

    expect(operationOn(planFor(after), 'src/accounts.ts')?.verb).toBe('identical')
  })
})

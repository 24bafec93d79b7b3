import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Edit } from '../../../src/core/edits/edit.js'
import { removeInserted } from '../../../src/core/edits/insertion.js'
import { addJsonKeys, type Json } from '../../../src/core/edits/json-keys.js'
import { addToPackageJson } from '../../../src/core/edits/package-json.js'

const PACKAGE = `{
  "name": "\`app\`",
  "scripts": {
    "test": "vitest"
  },
  "dependencies": {
    "@fastify/cookie": "^9.0.0",
    "fastify": "5.x",
    "zod": "^4.0.0"
  },
  "devDependencies": { "typescript": "^5" }
}
`
const ADDITIONS = {
  dependencies: { argon2: '0.44.0', '@fastify/cookie': '^11.0.0', '@fastify/view': '^12.0.0' },
  devDependencies: { vitest: '^4.0.0', typescript: '^7.0.0', '@types/node': '^20' },
  scripts: { test: 'node --test', 'db:migrate': 'prisma migrate dev' },
}

describe('packages and scripts', () => {
  test('that are missing are added in their place; what is there stays', () => {
    expect(done(addToPackageJson(PACKAGE, ADDITIONS)).text).toBe(`{
  "name": "\`app\`",
  "scripts": {
    "test": "vitest",
    "db:migrate": "prisma migrate dev"
  },
  "dependencies": {
    "@fastify/cookie": "^9.0.0",
    "@fastify/view": "^12.0.0",
    "argon2": "0.44.0",
    "fastify": "5.x",
    "zod": "^4.0.0"
  },
  "devDependencies": { "@types/node": "^20", "typescript": "^5", "vitest": "^4.0.0" }
}
`)
  })

  test('are sorted as npm sorts, whatever order they come in', () => {
    const { text } = done(addToPackageJson('{}', { dependencies: { b: '1', '@z/a': '1', A: '1' } }))

    expect(text).toBe(
      '{\n  "dependencies": {\n    "@z/a": "1",\n    "A": "1",\n    "b": "1"\n  }\n}',
    )
  })

  test('needed at run time but there for development only are added in the owner’s range', () => {
    const text = '{\n  "devDependencies": {\n    "argon2": "0.43.0"\n  }\n}\n'

    expect(done(addToPackageJson(text, { dependencies: { argon2: '0.44.0' } })).text).toBe(
      '{\n  "dependencies": {\n    "argon2": "0.43.0"\n  },\n  "devDependencies": {\n    "argon2": "0.43.0"\n  }\n}\n',
    )
  })

  test('that are peers or there at run time are not missing', () => {
    const text = '{"peerDependencies":{"fastify":"5"},"dependencies":{"vitest":"4"}}'
    const wanted = { dependencies: { fastify: '^5' }, devDependencies: { vitest: '^4' } }

    expect(addToPackageJson(text, wanted)).toEqual({ kind: 'already done' })
  })

  test('make their sections where there are none, tabs and line ends as around', () => {
    const text = '\uFEFF{\r\n\t"name": "app",\r\n\t"files": []\r\n}'
    const wanted = { dependencies: { a: '1' }, devDependencies: { b: '1' } }

    expect(done(addToPackageJson(text, wanted)).text).toBe(
      '\uFEFF{\r\n\t"name": "app",\r\n\t"files": [],\r\n\t"dependencies": {\r\n\t\t"a": "1"\r\n\t},\r\n\t"devDependencies": {\r\n\t\t"b": "1"\r\n\t}\r\n}',
    )
  })

  test('stay on the one line of a package.json that has one', () => {
    const wanted = { dependencies: { a: '1' } }

    expect(done(addToPackageJson('{"name":"app","x":1}', wanted)).text).toBe(
      '{"name":"app","x":1,"dependencies":{"a":"1"}}',
    )
  })

  test.each([
    ['broken JSON', '{ "name": "a", }'],
    ['an unfinished merge', '<<<<<<< a\n{}\n=======\n{}\n>>>>>>> b\n'],
    ['an empty file', ''],
    ['a list', '[]'],
    ['dependencies that are a list', '{ "dependencies": [] }'],
    ['comments', '{ // hi\n}'],
    ['thousands of brackets', '['.repeat(100_000)],
  ])('cannot be added to %s, and are there to paste', (_, text) => {
    expect(addToPackageJson(text, { dependencies: { a: '1' } })).toEqual({
      kind: 'cannot',
      reason: expect.stringContaining('package.json'),
      paste: '{\n  "dependencies": {\n    "a": "1"\n  }\n}\n',
    })
  })
})

describe('keys of any JSON file', () => {
  const FILE = { path: 'tsconfig.json', comments: true }

  test('are added among comments and trailing commas', () => {
    const text = '{\n  // strict\n  "compilerOptions": {\n    "strict": true, // yes\n  },\n}\n'

    expect(done(addJsonKeys(text, FILE, ['compilerOptions'], { types: ['node'] })).text).toBe(
      '{\n  // strict\n  "compilerOptions": {\n    "strict": true,\n    "types": [\n      "node"\n    ], // yes\n  },\n}\n',
    )
  })

  test('are added to an object that is not there yet, however deep', () => {
    expect(done(addJsonKeys('{}\n', FILE, ['a', 'b'], { c: 1 })).text).toBe(
      '{\n  "a": {\n    "b": {\n      "c": 1\n    }\n  }\n}\n',
    )
  })

  test('named like what every object has are added and found', () => {
    const { text } = done(addJsonKeys('{}', FILE, [], { constructor: 1, toString: 2 }))

    expect(addJsonKeys(text, FILE, [], { constructor: 1 }).kind).toBe('already done')
  })

  test('of an object that is there twice go where readers look', () => {
    const { text } = done(addJsonKeys('{"a":{"x":1},"a":{"x":1}}', FILE, ['a'], { y: 2 }))

    expect(JSON.parse(text)).toEqual({ a: { x: 1, y: 2 } })
  })

  test('twice is once; taking out restores every byte; the rest of the value stays', () => {
    const indented = fc.constantFrom(undefined, 1, 2, 4, '\t')
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
    const added = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 1 }), {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    })

    fc.assert(
      fc.property(value, added, indented, fc.boolean(), (object, values, indentation, windows) => {
        const plain = JSON.stringify(object, null, indentation)
        const text = windows ? plain.replaceAll('\n', '\r\n') : plain
        const edit = addJsonKeys(text, FILE, [], values as Record<string, Json>)
        if (edit.kind !== 'done') return

        expect(addJsonKeys(edit.text, FILE, [], values as Record<string, Json>).kind).toBe(
          'already done',
        )
        expect(JSON.parse(edit.text)).toEqual(JSON.parse(JSON.stringify({ ...values, ...object })))
        const rest = removeInserted(edit.text, edit.inserted)
        if (rest !== null) expect(rest).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

function done(edit: Edit) {
  if (edit.kind !== 'done') throw new Error(JSON.stringify(edit))

  return edit
}

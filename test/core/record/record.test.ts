import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../../src/core/problem.js'
import { isNewer, readBase, readRecord } from '../../../src/core/record/read-record.js'
import {
  type AuthRecord,
  hashText,
  printRecord,
  RECORD_PATH,
} from '../../../src/core/record/record.js'
import { isSafePath } from '../../../src/core/record/safe-path.js'

const record: AuthRecord = {
  schemaVersion: 1,
  version: '1.2.3',
  systems: [
    {
      names: { context: 'Accounts', model: 'User', plural: 'users' },
      features: ['html'],
      existingModel: false,
      files: [
        {
          template: 'src/accounts.ts',
          path: 'src/accounts.ts',
          version: '1.2.3',
          sha256: hashText('one\n'),
          mode: 'managed',
        },
      ],
      edits: [{ id: 'mount', file: 'src/app.ts', anchor: 'app', inserted: ['\n  x()'] }],
    },
  ],
}

function read(text: string, version = '1.2.3') {
  return readRecord(new Map([[RECORD_PATH, text]]), version)
}

/** The record with one place in it set to something else. */
function tampered(path: (string | number)[], value: unknown): string {
  const copy = JSON.parse(printRecord(record))
  let place = copy
  for (const key of path.slice(0, -1)) place = place[key]
  place[path.at(-1) ?? ''] = value

  return JSON.stringify(copy)
}

test('a record that was printed is read back as it was', () => {
  expect(read(printRecord(record))).toEqual(record)
})

test('an app without a record has an empty one', () => {
  expect(readRecord(new Map(), '1.0.0').systems).toEqual([])
})

test('a record of a newer version is refused, with the command to run', () => {
  expect(() => read(printRecord(record), '1.2.2')).toThrow(
    expect.objectContaining({ next: 'Run the newer one: npx create-auth@1.2.3' }),
  )
  expect(() => read(tampered(['schemaVersion'], 2))).toThrow(Problem)
})

test('versions are compared by number, not by letter', () => {
  expect(isNewer('1.10.0', '1.9.0')).toBe(true)
  expect(isNewer('1.9.0', '1.10.0')).toBe(false)
  expect(isNewer('1.2.3', '1.2.3')).toBe(false)
})

describe('a record that somebody tampered with is refused:', () => {
  const file = ['systems', 0, 'files', 0]
  const edit = ['systems', 0, 'edits', 0]
  test.each<[string, (string | number)[], unknown]>([
    ['a path out of the app', [...file, 'path'], '../../etc/passwd'],
    ['an absolute path', [...file, 'path'], '/etc/passwd'],
    ['a path of Windows', [...file, 'path'], 'C:\\x'],
    ['a path into .git', [...file, 'path'], 'src/.GIT/hooks/pre-commit'],
    ['a path into the record itself', [...file, 'path'], '.create-auth/record.json'],
    ['a foreign file outside', [...edit, 'file'], '../app.ts'],
    ['a hash that is a path', [...file, 'sha256'], '../../../etc/passwd'],
    ['a version that is a command', ['version'], '1.0.0; rm -rf /'],
    ['a model that is code', ['systems', 0, 'names', 'model'], 'User { } //'],
    ['a prefix of models that is code', ['systems', 0, 'names', 'companions'], 'Auth { } //'],
    ['a model that is code', ['systems', 0, 'names', 'schemaModel'], 'user {} //'],
    ['a model of another name', ['systems', 0, 'names', 'schemaModel'], 'posts'],
    ['a feature that does not exist', ['systems', 0, 'features'], ['constructor']],
    ['a mode that does not exist', [...file, 'mode'], 'other'],
    ['a list that is none', ['systems'], { length: 1 }],
    ['texts that are none', [...edit, 'inserted'], [1]],
  ])('%s', (_what, path, value) => {
    expect(() => read(tampered(path, value))).toThrow(Problem)
  })

  test('anything that is not JSON', () => {
    for (const text of ['', '{', 'null', '[]', '"x"', '<<<<<<< HEAD\n']) {
      expect(() => read(text)).toThrow(Problem)
    }
  })

  test('whatever value stands wherever, nothing but a Problem is thrown', () => {
    const places = [
      ['systems'],
      file,
      edit,
      [...file, 'path'],
      ['version'],
      ['systems', 0, 'names'],
    ]
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
        try {
          read(tampered(path, value))
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a base copy', () => {
  const file = record.systems[0]?.files[0]
  if (!file) throw new Error('The record of this test has a file.')
  const at = (text: string) => new Map([[`.create-auth/base/${file.sha256}`, text]])

  test('is what was written, whatever git did to its line ends', () => {
    expect(readBase(at('one\n'), file)).toBe('one\n')
    expect(readBase(at('one\r\n'), file)).toBe('one\r\n')
  })

  test('is refused when it is missing or was changed', () => {
    expect(() => readBase(new Map(), file)).toThrow('missing')
    expect(() => readBase(at('two\n'), file)).toThrow('changed')
  })
})

test('a safe path has no way out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('..', '.', '', 'src', 'a b', '\\', '.git', 'C:', 'é'), {
        maxLength: 6,
      }),
      (parts) => {
        const path = parts.join('/')
        fc.pre(isSafePath(path))

        expect(new URL(path, 'file:///app/').pathname).toMatch(/^\/app\/./)
        expect(path).not.toMatch(/\\|:|^\/|\.git/)
      },
    ),
    { numRuns: 300 },
  )
})

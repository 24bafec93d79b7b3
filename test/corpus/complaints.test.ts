import { describe, expect, test } from 'vitest'

import {
  newComplaints,
  readBiome,
  readCompiler,
  readEslint,
  readPrettier,
  readTap,
  readTestReport,
} from './complaints.js'

test('a complaint is new as often as it is there more than before', () => {
  expect(newComplaints(['a', 'b'], ['b', 'a', 'a', 'c'])).toEqual(['a', 'c'])
  expect(newComplaints(['a'], [])).toEqual([])
})

test('a diagnostic stays the same when its line moves', () => {
  const at = (line: number) =>
    `src/app.ts(${line},7): error TS2322: Type 'string' is not 'number'.\n  The expected type …\n`

  expect(readCompiler(at(3))).toEqual(["src/app.ts: TS2322 Type 'string' is not 'number'."])
  expect(newComplaints(readCompiler(at(3)), readCompiler(at(40)))).toEqual([])
  expect(readCompiler("error TS18003: No inputs were found in config file 'x'.")).toHaveLength(1)
})

describe('the report', () => {
  test('of ESLint is read between the lines that npm prints', () => {
    const messages = [
      { ruleId: 'no-var', message: 'Unexpected var.', severity: 2 },
      { ruleId: null, message: 'File ignored because of a matching ignore pattern.', severity: 1 },
    ]
    const report = JSON.stringify([{ filePath: '/app/src/a.ts', messages }])

    expect(readEslint(`\n> lint\n\n${report}\n`, '/app')).toEqual([
      'src/a.ts: no-var Unexpected var.',
    ])
  })

  test('of Biome names its files in two ways', () => {
    const diagnostics = ['src/a.ts', { file: 'src/a.ts' }].map((path) => ({
      category: 'lint/style',
      severity: 'error',
      description: 'Use const.',
      location: { path },
    }))

    expect(readBiome(JSON.stringify({ diagnostics }))).toEqual([
      'src/a.ts: lint/style Use const.',
      'src/a.ts: lint/style Use const.',
    ])
  })

  test('of Prettier names files, and its last line names none', () => {
    const output = '[warn] src/a.ts\n[warn] Code style issues found in the above file.\n'

    expect(readPrettier(output)).toEqual(['src/a.ts: not formatted'])
  })

  test('of a test run has a complaint for a file that does not load', () => {
    const report = {
      testResults: [
        {
          name: '/app/a.test.ts',
          status: 'failed',
          message: 'No such\nfile',
          assertionResults: [],
        },
        {
          name: '/app/b.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'works', status: 'passed' },
            { fullName: 'works well', status: 'failed' },
          ],
        },
      ],
    }

    expect(readTestReport(JSON.stringify(report), '/app')).toEqual({
      passed: 1,
      failed: ['a.test.ts: No such', 'b.test.ts: works well'],
    })
    expect(readTestReport('', '/app')).toEqual({ passed: 0, failed: [] })
  })

  test('of TAP counts what was not skipped', () => {
    const output = 'ok 1 - a\nnot ok 2 - b # time=3ms\n    ok 1 - c\nok 3 - d # SKIP\n'

    expect(readTap(output)).toEqual({ passed: 2, failed: ['b'] })
  })
})

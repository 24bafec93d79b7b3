import { expect, test } from 'vitest'

import { readCommandLine } from './command-line.js'
import { withNeeds } from './step-names.js'

test('without names and steps, every app and every step is meant', () => {
  const options = readCommandLine(['/apps'])

  expect(options).toMatchObject({ checkouts: '/apps', names: [], steps: null, fresh: false })
  expect(options.results).toBe(`${options.work}/results.json`)
})

test('a step brings what it needs, in order', () => {
  const { steps } = readCommandLine(['/apps', 'owner__app', '--steps', 'types'])

  expect(steps).toEqual(['types'])
  expect(withNeeds(steps ?? [])).toEqual([
    'install',
    'before',
    'scaffold',
    'add packages',
    'generate',
    'types',
  ])
})

test('an unknown step and a missing folder are refused', () => {
  expect(() => readCommandLine(['/apps', '--steps', 'tpyes'])).toThrow('no step tpyes')
  expect(() => readCommandLine([])).toThrow('folder with the checkouts is missing')
})

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readAdvisories } from '../../src/shell/read-advisories.js'
import { occurrencesOf } from '../seeded-bugs/seeded-bug.js'
import { MISTAKES } from './mistakes.js'

const example = fileURLToPath(new URL('../../examples/default', import.meta.url))
const advisories = readAdvisories('.')

// Whether the named test fails then is what `npm run advisories` looks at.
describe('the mistake of each advisory', () => {
  test.each(advisories)('can be put back at one place: $id', ({ id }) => {
    const { file = '', before = '', after = '' } = MISTAKES[id] ?? {}

    expect(occurrencesOf({ file, before }, example)).toBe(1)
    expect(after).not.toBe(before)
  })
})

test('the changelog of a version begins with what it mends', () => {
  const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8')
  for (const section of changelog.split(/^## /m).slice(1)) {
    const [, version = ''] = /^(\S+)/.exec(section) ?? []
    const mended = advisories.filter(({ fixedIn }) => fixedIn === version)
    const [, code = ''] = section.split('### Generated code\n\n')
    const bullets = code.split(/^- /m).slice(1, 1 + mended.length)

    expect(bullets.map((bullet) => /CREATE-AUTH-\d+-\d+/.exec(bullet)?.[0])).toEqual(
      mended.map(({ id }) => id),
    )
    for (const bullet of bullets) expect(bullet).toMatch(/^\*\*Security\*\*: /)
  }
})

import { describe, expect, test } from 'vitest'
import { type Change, changed, merged } from './merged.js'

const base = [
  'export async function allow(request: Request, reply: Reply) {',
  '  const { isKnown, state, since } = request.scope',
  '  if (!isKnown) return logIn(request, reply)',
  '',
  '  const age = Date.now() - since.getTime()',
  "  if (state === 'FRESH' && age < LIMIT) return",
  '',
  '  return refuse(request, reply, 403, messages.logInAgain)',
  '}',
  '',
].join('\n')

const firstLine: Change = ['reply: Reply) {\n', "reply: Reply) {\n  count('mine')\n"]
const withoutScope: Change = ['  const { isKnown, state, since } = request.scope\n', '']
const shorter: Change[] = [
  withoutScope,
  ['(!isKnown)', '(!request.scope.isKnown)'],
  [/ {2}const age[\s\S]*?return\n/, '  if (isFresh(request.scope)) return\n'],
]

describe('statements of one function', () => {
  test.each<[claim: string, ours: Change[], theirs: Change[], result: Change[]]>([
    [
      'put in before all others stay there, whatever the new version makes of those',
      [firstLine],
      shorter,
      [...shorter, firstLine],
    ],
    [
      'that the owner put beside one that the new version wrote in other words stay beside it',
      [['  return refuse(', "  count('mine')\n\n  return refuse("]],
      [
        ['  return refuse(request, reply, 403,', '  return refuse(request, reply.code(403),'],
        ['since.getTime()\n', 'Number(since)\n'],
      ],
      [
        ['  return refuse(', "  count('mine')\n\n  return refuse("],
        ['  return refuse(request, reply, 403,', '  return refuse(request, reply.code(403),'],
        ['since.getTime()\n', 'Number(since)\n'],
      ],
    ],
    [
      'below one that the owner took out get what the new version changed in them',
      [withoutScope, ['(!isKnown)', '(!isKnownTo(request))']],
      [['return logIn(', 'return await logIn(']],
      [
        withoutScope,
        ['(!isKnown)', '(!isKnownTo(request))'],
        ['return logIn(', 'return await logIn('],
      ],
    ],
  ])('%s', (_claim, mine, incoming, result) => {
    const versions = { base, ours: changed(base, mine), theirs: changed(base, incoming) }

    expect(merged('a.ts', versions)).toBe(changed(base, result))
  })

  test.each<[claim: string, ours: Change[], theirs: Change[]]>([
    [
      'both put in at the start, where one may be there to stop the other',
      [firstLine],
      [...shorter, ['reply: Reply) {\n', 'reply: Reply) {\n  if (isLocked(request)) return\n']],
    ],
    [
      'the owner put in behind one that the new version has no more',
      [['since.getTime()\n', "since.getTime()\n  await note('asked', reply)\n"]],
      [
        ['  const age = Date.now() - since.getTime()\n', ''],
        ["(state === 'FRESH' && age < LIMIT)", "(state === 'FRESH')"],
      ],
    ],
    [
      'the owner changed and the new version has no more',
      [['since.getTime()', 'since.valueOf()'], firstLine],
      shorter,
    ],
  ])('that %s are a question', (_claim, mine, incoming) => {
    const versions = { base, ours: changed(base, mine), theirs: changed(base, incoming) }

    expect(merged('a.ts', versions)).toBe('conflict')
  })
})

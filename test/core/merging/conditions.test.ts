import { describe, expect, test } from 'vitest'
import { type Change, changed, merged } from './merged.js'

const base = [
  'export function guard(request: Request, reply: Reply) {',
  '  if (request.isKnown) return',
  '',
  '  return refuse(reply, 401)',
  '}',
  '',
].join('\n')

const mine: Change = ['request.isKnown', 'request.isKnown || isMine()']

describe('a condition', () => {
  test.each<[claim: string, from: string, ours: string, theirs: string, result: string]>([
    ['has the cases of both', 'a', 'a || mine()', 'a || b', 'a || mine() || b'],
    [
      'has new cases on both sides of the owner’s',
      'a',
      'a || m',
      'x || a || b',
      'x || a || m || b',
    ],
    [
      'has the owner’s case beside one in other words',
      'a.b',
      'a.b || mine()',
      'isB(a)',
      'isB(a) || mine()',
    ],
    ['has a case in parentheses as it was', 'a', 'a || m', '(b && c) || a', '(b && c) || a || m'],
    ['has a case of two parts as it was', 'a', 'a || m', 'a || b && c', 'a || m || b && c'],
    ['has all that must hold', 'a', 'a && mine()', 'a && b', 'a && mine() && b'],
  ])('%s', (_claim, from, ours, theirs, result) => {
    const condition = (text: string) => changed(base, [['request.isKnown', text]])
    const versions = { base: condition(from), ours: condition(ours), theirs: condition(theirs) }

    expect(merged('a.ts', versions)).toBe(condition(result))
  })

  test.each<[claim: string, ours: Change[], theirs: Change[]]>([
    [
      'became its opposite, with what follows from it',
      [mine],
      [
        ['request.isKnown', '!request.isKnown'],
        ['return\n', 'return refuse(reply, 401)\n'],
        ['return refuse(reply, 401)\n}', 'return\n}'],
      ],
    ],
    [
      'became its opposite, with what follows where it does not hold',
      [mine],
      [
        ['request.isKnown', 'isBlocked(request)'],
        ['refuse(reply, 401)', 'accept(reply)'],
      ],
    ],
    ['is joined in another way', [mine], [['request.isKnown', 'request.isKnown && isOpen()']]],
    ['is a choice', [mine], [['request.isKnown', 'isOpen() ? request.isKnown : isLocal()']]],
    [
      'lost the case that the other side wrote in other words',
      [['request.isKnown', 'isMine()']],
      [['request.isKnown', 'isKnown(request) || isOpen()']],
    ],
  ])('that %s is a question', (_claim, ours, theirs) => {
    const versions = { base, ours: changed(base, ours), theirs: changed(base, theirs) }

    expect(merged('a.ts', versions)).toBe('conflict')
  })
})

import { describe, expect, test } from 'vitest'
import { type Change, changed, merged } from './merged.js'

describe('a comment is a place of its own', () => {
  const base =
    '/** Says no. */\nasync function no(user: User) {\n  // First of all.\n  check(user)\n  deny(user)\n}\n'

  test.each<[claim: string, mine: Change, incoming: Change[], result: Change[]]>([
    [
      'one that the owner wrote below one that the new version rewords',
      ['*/\n', '*/\n// mine\n'],
      [['Says no.', 'Refuses.']],
      [['/** Says no. */\n', '/** Refuses. */\n// mine\n']],
    ],
    [
      'one that the owner took out above a statement that the new version wrote anew',
      ['  // First of all.\n', ''],
      [['  check(user)', '  await look(user)']],
      [['  // First of all.\n  check(user)', '  await look(user)']],
    ],
    [
      'one that the owner took out between two such statements',
      ['  // First of all.\n', ''],
      [
        ['function no(user: User) {', 'function no(user: User) {\n  begin()'],
        ['  check(user)', '  await look(user)'],
      ],
      [['{\n  // First of all.\n  check(user)', '{\n  begin()\n  await look(user)']],
    ],
    [
      'one that the owner took out of what the new version wrote anew without it',
      ['  // First of all.\n', ''],
      [['user: User) {\n  // First of all.\n  check(user)\n', 'user: User) {\n  await look()\n']],
      [['user: User) {\n  // First of all.\n  check(user)\n', 'user: User) {\n  await look()\n']],
    ],
    [
      'one that the owner wrote above a statement that the new version wrote anew',
      ['  deny(user)', '  // mine\n  deny(user)'],
      [['  deny(user)', '  return refuse(user)']],
      [['  deny(user)', '  // mine\n  return refuse(user)']],
    ],
  ])('%s', (_claim, mine, incoming, result) => {
    const [ours, theirs] = [changed(base, [mine]), changed(base, incoming)]

    expect(merged('a.ts', { base, ours, theirs })).toBe(changed(base, result))
  })

  test('that both reword is a question', () => {
    const [ours, theirs] = [base.replace('no.', 'never.'), base.replace('no.', 'maybe.')]

    expect(merged('a.ts', { base, ours, theirs })).toBe('conflict')
  })

  test.each<[claim: string, base: string, ours: Change, theirs: Change, result: Change]>([
    [
      'that both wrote above one statement stay, the owner’s directly above it',
      base,
      ['  deny(user)', '  // mine\n  deny(user)'],
      ['  deny(user)', '  // new\n  deny(user)'],
      ['  deny(user)', '  // new\n  // mine\n  deny(user)'],
    ],
    [
      'stays above its statement where the new version puts another one in front',
      base,
      ['  deny(user)', '  // mine\n  deny(user)'],
      ['  deny(user)', '  note(user)\n  deny(user)'],
      ['  deny(user)', '  note(user)\n  // mine\n  deny(user)'],
    ],
    [
      'stays above its statement where the new version waits for it',
      base,
      ['  deny(user)', '  // mine\n  deny(user)'],
      ['  deny(user)', '  await deny(user)'],
      ['  deny(user)', '  // mine\n  await deny(user)'],
    ],
    [
      'stays behind the statement on whose line it is',
      base,
      ['  check(user)', '  check(user) // mine'],
      ['  deny(user)', '  note(user)\n  deny(user)'],
      ['  check(user)', '  check(user) // mine\n  note(user)'],
    ],
    [
      'stays in a list that the new version makes longer',
      'const all = [\n  one,\n  two,\n]\n',
      ['  two,\n', '  two,\n  // mine\n'],
      ['  two,\n', '  two,\n  three,\n'],
      ['  two,\n', '  two,\n  three,\n  // mine\n'],
    ],
    [
      'does not come between what a tool reads and the line that it is for',
      base,
      ['  deny(user)', '  // mine\n  deny(user)'],
      ['  deny(user)', '  // @ts-expect-error: no user\n  deny(user)'],
      ['  deny(user)', '  // mine\n  // @ts-expect-error: no user\n  deny(user)'],
    ],
  ])('one %s', (_claim, before, mine, incoming, result) => {
    const [ours, theirs] = [changed(before, [mine]), changed(before, [incoming])]

    expect(merged('a.ts', { base: before, ours, theirs })).toBe(changed(before, [result]))
  })

  test('that a tool reads is a question where both wrote one for the same line', () => {
    const ours = base.replace('  deny(user)', '  // eslint-disable-next-line a\n  deny(user)')
    const theirs = base.replace('  deny(user)', '  // @ts-expect-error\n  deny(user)')

    expect(merged('a.ts', { base, ours, theirs })).toBe('conflict')
  })
})

import { describe, expect, test } from 'vitest'
import { reconcile } from '../../../src/core/plan/reconcile.js'

const labels = { ours: 'yours', base: 'base', theirs: 'create-auth 2.0.0' }
const written = 'one\ntwo\nthree\nfour\nfive\n'
const edited = 'one\ntwo\nthree\nfour\nfive\nmine\n'
const released = 'one, changed\ntwo\nthree\nfour\nfive\n'
const elsewhere = 'one, mine\ntwo\nthree\nfour\nfive\n'

function decide(base: string | null, ours: string | null, theirs: string | null) {
  return reconcile({ base, ours, theirs }, { labels })
}

describe('a file that was never written', () => {
  test('is created where there is none', () => {
    expect(decide(null, null, written)).toEqual({ verb: 'create', after: written })
  })

  test("is never merged with a stranger's file", () => {
    expect(decide(null, edited, written)).toMatchObject({ verb: 'taken', after: edited })
  })

  test('is adopted where the very same text stands already', () => {
    expect(decide(null, written, written)).toEqual({ verb: 'identical', after: written })
  })
})

describe('a file that was written', () => {
  test('and not touched since is identical', () => {
    expect(decide(written, written, written)).toEqual({ verb: 'identical', after: written })
  })

  test('takes the new version when its owner left it alone', () => {
    expect(decide(written, written, released)).toEqual({ verb: 'update', after: released })
  })

  test('stays as it is when only its owner changed it', () => {
    expect(decide(written, edited, written)).toEqual({ verb: 'identical', after: edited })
  })

  test('holds both changes when they are in different places', () => {
    expect(decide(written, edited, released)).toEqual({
      verb: 'update',
      after: 'one, changed\ntwo\nthree\nfour\nfive\nmine\n',
      note: 'merged: lines',
      merged: 'lines',
    })
  })

  test('says how it was merged, and asks for a look where lines alone could not', () => {
    const [base, ours, theirs] = ['f(1, 2)\n', 'f(7, 2)\n', 'f(1, 3)\n'] as const

    expect(reconcile({ base, ours, theirs }, { labels, path: 'src/accounts.ts' })).toEqual({
      verb: 'update',
      after: 'f(7, 3)\n',
      note: 'merged: words within a line; please review it',
      merged: 'words',
    })
  })

  test('is in conflict where lines alone cannot merge it, for who asked for that', () => {
    const [base, ours, theirs] = ['f(1, 2)\n', 'f(7, 2)\n', 'f(1, 3)\n'] as const
    const strict = { labels, path: 'src/accounts.ts', strict: true }

    expect(reconcile({ base, ours, theirs }, strict).verb).toBe('conflict')
    expect(reconcile({ base: written, ours: edited, theirs: released }, strict).verb).toBe('update')
  })

  test('is in conflict when both changed the same place', () => {
    const decided = decide(written, elsewhere, released)

    expect(decided).toMatchObject({ verb: 'conflict', note: '1 place; look for <<<<<<<' })
    expect(decided.after).toContain('one, mine\n||||||| base\none\n=======\none, changed\n')
  })

  test('is identical when its owner made the very change already', () => {
    expect(decide(written, released, released)).toEqual({ verb: 'identical', after: released })
  })

  test('is still in conflict while its markers are there, and not touched again', () => {
    const marked = decide(written, elsewhere, released).after

    expect(decide(released, marked, released)).toMatchObject({ verb: 'conflict', after: marked })
    expect(decide(released, marked, 'newer\n')).toMatchObject({ verb: 'conflict', after: marked })
  })
})

describe('a file that its owner deleted', () => {
  test('stays deleted, and a change that passes it by is said', () => {
    expect(decide(written, null, released)).toEqual({
      verb: 'deleted',
      after: null,
      note: 'changed in this version',
    })
  })

  test('stays deleted without a word when there is nothing new', () => {
    expect(decide(written, null, written)).toEqual({ verb: 'deleted', after: null })
  })
})

describe('a file that is no longer written', () => {
  test('is removed when nobody touched it', () => {
    expect(decide(written, written, null)).toEqual({ verb: 'remove', after: null })
  })

  test('is kept when its owner edited it', () => {
    expect(decide(written, edited, null)).toMatchObject({ verb: 'kept', after: edited })
  })
})

describe('line ends that git changed', () => {
  const windows = (text: string) => text.replaceAll('\n', '\r\n')

  test('are no edit', () => {
    expect(decide(written, windows(written), written).verb).toBe('identical')
    expect(decide(written, windows(written), null).verb).toBe('remove')
  })

  test('stay in an update', () => {
    expect(decide(written, windows(written), released)).toEqual({
      verb: 'update',
      after: windows(released),
    })
  })
})

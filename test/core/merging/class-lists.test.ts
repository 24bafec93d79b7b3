import { describe, expect, test } from 'vitest'
import { merged as mergedAs } from './merged.js'

function merged(base: string, ours: string, theirs: string): string {
  return mergedAs('panel.tsx', { base: tag(base), ours: tag(ours), theirs: tag(theirs) })
}

function tag(classes: string): string {
  return `export const panel = show(\n  ${classes},\n  more,\n)\n`
}

describe('a list of classes', () => {
  test('with quotes in it is a list as well', () => {
    expect(
      merged(
        `"flex p-4 [&_b:not([class*='bold-'])]:size-3"`,
        `"[&_b:not([class*='bold-'])]:size-3 flex p-6"`,
        `"flex gap-2 p-4 [&_b:not([class*='bold-'])]:size-3"`,
      ),
    ).toBe(tag(`"[&_b:not([class*='bold-'])]:size-3 flex p-6 gap-2"`))
  })

  test('gets other quotes with a class that has its own', () => {
    expect(
      merged(
        "'flex m-1 p-4'",
        "'flex m-1 p-6'",
        `"flex m-1 p-4 [&_b:not([class*='bold-'])]:size-3"`,
      ),
    ).toBe(tag(`"flex m-1 p-6 [&_b:not([class*='bold-'])]:size-3"`))
  })

  test('over many lines is the list that it was on one, and keeps its lines', () => {
    expect(
      merged(
        "'flex items-center p-4 text-sm'",
        '`\n    flex items-center\n    p-4 text-lg\n  `',
        "'flex items-center rounded-md p-4 text-sm'",
      ),
    ).toBe(tag('`\n    flex items-center rounded-md\n    p-4 text-lg\n  `'))
  })

  test('is no text of many lines that names something', () => {
    const text = (more: string) => `\`\n    my-app:\n      in-port: ${more}\n  \``

    expect(merged(text('a-1'), text('a-1 b-2'), text('a-1 c-3'))).toBe('conflict')
  })

  test('is no text with an apostrophe in it', () => {
    const text = (more: string) => `"can't re-use built-in ${more}"`

    expect(merged(text('x-1'), text('x-1 y-2'), text('x-1 z-3'))).toBe('conflict')
  })

  test('stays a question where both put another class in the place of one', () => {
    expect(merged("'flex p-4 m-1'", "'flex p-6 m-1'", "'flex p-8 m-1'")).toBe('conflict')
  })
})

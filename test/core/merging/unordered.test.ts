import { describe, expect, test } from 'vitest'
import { merged as mergedAs } from './merged.js'

function merged(base: string, ours: string, theirs: string): string {
  return mergedAs('panel.tsx', { base, ours, theirs })
}

describe('names in any order', () => {
  test('an export that the owner sorted gets the name that is new', () => {
    const declared = 'const Panel = 1\nconst Body = 2\nconst Head = 3\n'

    expect(
      merged(
        `${declared}export { Panel, Head, Body }\n`,
        `${declared}export { Body, Head, Panel }\n`,
        `${declared}const Foot = 4\nexport { Panel, Foot, Head, Body }\n`,
      ),
    ).toBe(`${declared}const Foot = 4\nexport { Body, Head, Panel, Foot }\n`)
  })

  test('what both take out of an object is taken out', () => {
    const panel = (names: string, body: string) =>
      `export function Panel({ ${names}, ...rest }: PanelProps) {\n${body}\n}\n`

    expect(
      merged(
        panel('title', '  return show(title, rest)'),
        panel('title, depth', '  return show(title, depth, rest)'),
        panel('title, open = false', '  const state = open\n\n  return show(title, rest, state)'),
      ),
    ).toBe(
      panel(
        'title, depth, open = false',
        '  const state = open\n\n  return show(title, depth, rest, state)',
      ),
    )
  })

  test('an element gets the attributes of both', () => {
    const page = (attributes: string) =>
      `export const page = (\n  <Panel\n    title="Orders"${attributes}\n  >\n    text\n  </Panel>\n)\n`

    expect(merged(page(''), page('\n    wide'), page('\n    onClose={() => leave()}'))).toBe(
      page('\n    wide\n    onClose={() => leave()}'),
    )
  })

  test('an attribute is not put before or behind what may overwrite it', () => {
    const page = (attributes: string) =>
      `export const page = <Panel title="Orders"${attributes} />\n`

    expect(merged(page(''), page(' {...more}'), page(' wide={true}'))).toBe('conflict')
  })

  test('two that are not the same under one name stay a question', () => {
    const page = (depth: string) => `export const page = <Panel title="Orders"${depth} />\n`

    expect(merged(page(''), page(' depth={1}'), page(' depth={2}'))).toBe('conflict')
  })
})

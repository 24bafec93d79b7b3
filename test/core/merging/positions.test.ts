import { describe, expect, test } from 'vitest'
import { merged } from './merged.js'

describe('arguments and parameters', () => {
  test.each<[claim: string, base: string, ours: string, theirs: string, result: string]>([
    [
      'of the owner stay behind one in other words',
      'await show(page)\n',
      'await show(page, mine)\n',
      'await show(page.name)\n',
      'await show(page.name, mine)\n',
    ],
    [
      'that are new come behind the owner’s words',
      'await show(page)\n',
      'await show(page.name)\n',
      'await show(page, now)\n',
      'await show(page.name, now)\n',
    ],
    [
      'of a function are places of their own',
      'export function read(env: Node.Env): Config {\n  return env.a\n}\n',
      'export function read(env: Node.Env, mine?: string): Config {\n  return env.a\n}\n',
      'export function read(env: Environment): Config {\n  return env.b\n}\n',
      'export function read(env: Environment, mine?: string): Config {\n  return env.b\n}\n',
    ],
    [
      'of calls in a row are those of their own call',
      'await reply.code(status).send(page)\n',
      'await reply.code(status).send(page, mine)\n',
      'await reply.code(status).send(page.name)\n',
      'await reply.code(status).send(page.name, mine)\n',
    ],
  ])('%s', (_claim, base, ours, theirs, result) => {
    expect(merged('a.ts', { base, ours, theirs })).toBe(result)
  })

  test.each<[claim: string, base: string, ours: string, theirs: string]>([
    ['both put behind the last', 'go(a.b)\n', 'go(a.b, mine)\n', 'go(a.b, now)\n'],
    ['are of another function now', 'go(url)\n', 'go(url, 301)\n', 'reply.code(302).go(page)\n'],
    ['are one object now', 'go(url)\n', 'go(url, 301)\n', 'go({ url, status: 302 })\n'],
    ['may be many', 'go(...urls)\n', 'go(...urls, 301)\n', 'go(...pages)\n'],
    ['have one in front that is new', 'go(url)\n', 'go(url, 301)\n', 'go(302, page)\n'],
  ])('that %s are a question', (_claim, base, ours, theirs) => {
    expect(merged('a.ts', { base, ours, theirs })).toBe('conflict')
  })
})

import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ask, canAsk, type Question } from '../../src/shell/ask.js'

const ENTER = '\r'
const DOWN = '\u001b[B'
const CTRL_C = '\u0003'
const CTRL_D = '\u0004'
const ESCAPE = '\u001b'

function keyboard({ stdin = true, stdout = true } = {}) {
  const raw: boolean[] = []
  const setRawMode = (value: boolean) => raw.push(value)
  const input = Object.assign(new PassThrough(), { isTTY: stdin, setRawMode })
  const shown = Object.assign(new PassThrough(), { isTTY: stdout })
  let text = ''
  shown.on('data', (chunk) => {
    text += chunk
  })

  return { stdin: input, stdout: shown, raw, text: () => text }
}

async function type(keys: ReturnType<typeof keyboard>, ...presses: string[]) {
  for (const press of presses) {
    await delay(15)
    keys.stdin.write(press)
  }
}

const NAME = { type: 'text', message: 'Name?', flag: '--name <name>', initial: 'User' } as const
const SURE = { type: 'confirm', message: 'Sure?', flag: '--yes', initial: true } as const
const choices = ['sqlite', 'postgresql'].map((value) => ({ value, title: value }))
const DATABASE = { type: 'select', message: 'Database?', flag: '--db <name>', choices } as const
const FEATURES = { type: 'multiselect', message: 'What?', flag: '--features', choices } as const
const EACH: Question[] = [NAME, SURE, DATABASE, FEATURES]

describe('asking', () => {
  it('returns what was answered, and the default for Enter', async () => {
    const keys = keyboard()
    const asked = ask({ name: NAME, database: DATABASE, features: FEATURES, sure: SURE }, keys)
    await type(keys, ' Member ', ENTER, DOWN, ENTER, ' ', ENTER, ENTER)

    expect(await asked).toEqual({
      name: 'Member',
      database: 'postgresql',
      features: ['sqlite'],
      sure: true,
    })
  })

  it('takes the default of a choice by its value, not its place', async () => {
    const keys = keyboard()
    const asked = ask({ database: { ...DATABASE, initial: 'postgresql' } }, keys)
    await type(keys, ENTER)
    expect(await asked).toEqual({ database: 'postgresql' })
  })

  it('does not take an answer that is not valid', async () => {
    const keys = keyboard()
    const validate = (text: string) => text === 'Good' || 'A name, please.'
    const asked = ask({ name: { ...NAME, initial: '', validate } }, keys)
    await type(keys, 'Bad', ENTER)
    await delay(20)
    expect(keys.text()).toContain('A name, please.')
    await type(keys, '\u007f', '\u007f', '\u007f', 'Good', ENTER)
    expect(await asked).toEqual({ name: 'Good' })
  })

  it('shows no escape sequence that a name from the app brings along', async () => {
    const keys = keyboard()
    const asked = ask({ sure: { ...SURE, message: 'Take \u001b]0;title\u0007?' } }, keys)
    await type(keys, ENTER)
    await asked
    expect(keys.text()).toContain('Take \\u001b]0;title\\u0007?')
  })
})

describe('stopping', () => {
  const stops = [
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
    ['Escape', ESCAPE],
  ] as const
  const table = EACH.flatMap((question) => stops.map(([key, press]) => ({ question, key, press })))

  it.each(table)('$key at a $question.type question is never an answer', async (row) => {
    const keys = keyboard()
    const asked = ask({ first: row.question, second: SURE }, keys)
    void type(keys, row.press)

    await expect(asked).rejects.toMatchObject({ name: 'Interrupted', exitCode: 130 })
  })

  it.each(EACH)('the end of input at a $type question is not one either', async (question) => {
    const keys = keyboard()
    const asked = ask({ first: question }, keys)
    setTimeout(() => keys.stdin.end(), 15)

    await expect(asked).rejects.toMatchObject({ name: 'Interrupted' })
    expect(keys.raw.at(-1)).toBe(false)
  })

  it('a signal at a question gives the terminal back as it was', async () => {
    const keys = keyboard()
    const asked = ask({ first: DATABASE }, keys)
    setTimeout(() => process.emit('SIGTERM', 'SIGTERM'), 15)

    await expect(asked).rejects.toMatchObject({ name: 'Interrupted' })
    expect(keys.raw.at(-1)).toBe(false)
    expect(keys.text()).toContain('\u001b[?25h')
    expect(process.listenerCount('SIGTERM')).toBe(0)
  })
})

describe('without a terminal', () => {
  it.each([
    { stdin: false, stdout: true },
    { stdin: true, stdout: false },
  ])('nothing is asked, and the flag is named (%o)', async (ends) => {
    const keys = keyboard(ends)
    expect(canAsk(keys)).toBe(false)
    await expect(ask({ name: NAME }, keys)).rejects.toMatchObject({
      name: 'Problem',
      exitCode: 2,
      next: 'Answer it with --name <name>.',
    })
    expect(keys.text()).toBe('')
  })
})

/**
 * Questions to the person at the keyboard. Ctrl-C, Ctrl-D, Escape and a closed terminal all
 * mean stop, never an answer; without a terminal there is nobody to ask.
 */
import type { Readable, Writable } from 'node:stream'
import type { PromptObject } from 'prompts'
import { Problem } from '../core/problem.js'
import { showControlCharacters } from '../core/report/terminal-text.js'
import { Interrupted, onInterrupt } from './interrupt.js'

export { Interrupted } from './interrupt.js'

type Asking = {
  message: string
  /** How to answer without being asked: `--db postgresql`. */
  flag: string
}

export type Choice = { value: string; title: string; description?: string }

export type Question = Asking &
  (
    | { type: 'text'; initial?: string; validate?: (text: string) => true | string }
    | { type: 'confirm'; initial?: boolean }
    | { type: 'select'; choices: readonly Choice[]; initial?: string }
    | { type: 'multiselect'; choices: readonly Choice[]; initial?: readonly string[] }
  )

type AnswerOf<Type extends Question['type']> = {
  text: string
  confirm: boolean
  select: string
  multiselect: string[]
}[Type]

export type Answers<Questions extends Record<string, Question>> = {
  [Name in keyof Questions]: AnswerOf<Questions[Name]['type']>
}

export type Keyboard = {
  stdin: Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown }
  stdout: Writable & { isTTY?: boolean }
}

/** Whether there is anybody to ask. */
export function canAsk({ stdin, stdout }: Keyboard = process): boolean {
  return stdin.isTTY === true && stdout.isTTY === true
}

/** Asks one after the other. Nothing is known before all of it is: half answered is interrupted. */
export async function ask<const Questions extends Record<string, Question>>(
  questions: Questions,
  keyboard: Keyboard = process,
): Promise<Answers<Questions>> {
  const answers: Record<string, unknown> = {}
  for (const [name, question] of Object.entries<Question>(questions)) {
    if (!canAsk(keyboard)) throw nobodyToAsk(question)
    answers[name] = await askOne(question, keyboard)
  }

  return answers as Answers<Questions>
}

async function askOne(question: Question, keyboard: Keyboard): Promise<unknown> {
  // Loaded when first needed: most runs ask nothing, and all of them should start fast.
  const { default: prompts } = await import('prompts')
  const interruption = noticeInterruption(keyboard)

  try {
    const asked = prompts(
      { ...promptOf(question), ...keyboardOf(keyboard) },
      {
        onCancel() {
          throw new Interrupted()
        },
      },
    )
    const { answer } = await Promise.race([asked, interruption.happened])

    return typeof answer === 'string' ? answer.trim() : answer
  } finally {
    interruption.stop()
  }
}

/** Signals, and the end of input, which prompts itself does not notice: it would wait for ever. */
function noticeInterruption({ stdin, stdout }: Keyboard) {
  let interrupt = () => {}
  const happened = new Promise<never>((_, reject) => {
    interrupt = () => {
      // What prompts does when it ends by itself: the cursor back, keys to the shell again.
      stdout.write('\u001b[?25h\n')
      stdin.setRawMode?.(false)
      stdin.pause()
      reject(new Interrupted())
    }
  })
  const stopListening = onInterrupt(interrupt)
  stdin.once('end', interrupt)
  stdin.once('close', interrupt)

  return {
    happened,
    stop() {
      stopListening()
      stdin.off('end', interrupt)
      stdin.off('close', interrupt)
    },
  }
}

function promptOf(question: Question): PromptObject<'answer'> {
  const base = { name: 'answer', message: showControlCharacters(question.message) } as const

  switch (question.type) {
    case 'text': {
      const { initial = '', validate = () => true } = question
      return { ...base, type: 'text', initial, validate: (text: string) => validate(text.trim()) }
    }
    case 'confirm':
      return { ...base, type: 'confirm', initial: question.initial ?? false }
    case 'select': {
      const { choices, initial } = question
      const index = choices.findIndex(({ value }) => value === initial)
      return { ...base, type: 'select', choices: choices.map(shown), initial: Math.max(0, index) }
    }
    case 'multiselect': {
      const { choices, initial = [] } = question
      const marked = choices.map((choice) => ({
        ...shown(choice),
        selected: initial.includes(choice.value),
      }))
      return { ...base, type: 'multiselect', choices: marked, instructions: false }
    }
  }
}

function shown(choice: Choice): Choice {
  return { ...choice, title: showControlCharacters(choice.title) }
}

// Given only where they differ: prompts then takes the process's own.
function keyboardOf({ stdin, stdout }: Keyboard) {
  return stdin === process.stdin ? {} : { stdin, stdout }
}

function nobodyToAsk({ message, flag }: Question) {
  return new Problem(
    `There is no terminal to ask "${showControlCharacters(message)}" in.`,
    `Answer it with ${flag}.`,
    2,
  )
}

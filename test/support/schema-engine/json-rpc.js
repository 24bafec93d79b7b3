// @ts-check
// JSON-RPC as the Prisma CLI speaks it: one message a line, on standard input and output.

import { createInterface } from 'node:readline'
import { asEngineError } from './engine-error.js'

/** @typedef {(method: string, params: unknown) => Promise<unknown>} Session */

let printed = 0

/**
 * Answers one request after the other until the CLI closes the pipe.
 *
 * @param {Session} session
 */
export async function answerRequests(session) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line)
    // A message without a method is the CLI's answer to `print`.
    if (!method) continue

    send({ id, ...(await answer(session, method, params)) })
  }
}

/**
 * Asks the CLI to show a text; a comparison answers in this way.
 *
 * @param {string} content
 */
export function print(content) {
  printed += 1
  send({ id: printed, method: 'print', params: { content } })
}

/**
 * @param {Session} session
 * @param {string} method
 * @param {unknown} params
 */
async function answer(session, method, params) {
  try {
    return { result: (await withoutPanic(session(method, params))) ?? {} }
  } catch (error) {
    const { code, message } = asEngineError(error)
    const data = { is_panic: false, message, meta: null, error_code: code ?? null }

    return { error: { code: 4466, message: 'An error happened. See the data field.', data } }
  }
}

/**
 * A panic of the engine surfaces outside of the promise, which stays pending. Ending the process
 * is no answer: the CLI would then wait for nothing, and exit with 0.
 *
 * @param {Promise<unknown>} work
 */
async function withoutPanic(work) {
  /** @type {(error: Error) => void} */
  let fail = () => {}
  const panic = new Promise((_resolve, reject) => {
    fail = reject
  })
  process.once('uncaughtException', fail)

  try {
    return await Promise.race([work, panic])
  } finally {
    process.off('uncaughtException', fail)
  }
}

/** @param {object} message */
function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { Interrupted, onInterrupt } from './interrupt.js'

const LONGEST = 180_000
const LARGEST = 64 * 1024 * 1024

/** What a program answers to an input, on one of its streams; `null` when it fails or is too slow. */
export function answerOf(
  [file = '', ...args]: readonly string[],
  { root, input, stream }: { root: string; input: string; stream: 1 | 3 },
): Promise<string | null> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['pipe', stream === 1 ? 'pipe' : 'ignore', 'ignore', 'pipe'],
      timeout: LONGEST,
      windowsHide: true,
    })
    let wasInterrupted = false
    const stopListening = onInterrupt(() => {
      wasInterrupted = true
      child.kill()
    })
    let answer = ''
    // The types know three streams; the fourth is the one that we asked for.
    const output = child.stdio[stream] as Readable
    output.setEncoding('utf8').on('data', (text: string) => {
      answer += text
      if (answer.length > LARGEST) child.kill()
    })
    // It may end without reading its input.
    child.stdin?.on('error', () => {}).end(input)
    child.on('error', () => done(null))
    child.on('close', (code) => {
      stopListening()
      if (wasInterrupted) fail(new Interrupted())
      else done(code === 0 ? answer : null)
    })
  })
}

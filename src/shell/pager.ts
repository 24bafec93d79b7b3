/** Long answers on a terminal go through a pager, as git's do; into a pipe or a file they go as they are. */
import { spawn } from 'node:child_process'
import { onInterrupt } from './interrupt.js'
import type { Environment, Output } from './terminal.js'

/** The command that shows long texts there; `null` where the text is to be written as it is. */
export function pagerFor(output: Output, environment: Environment = process.env): string | null {
  if (output.isTTY !== true || environment.TERM === 'dumb') return null
  const pager = environment.PAGER ?? 'less'

  return pager === '' || pager === 'cat' ? null : pager
}

export async function page(
  text: string,
  output: Output,
  environment: Environment = process.env,
): Promise<void> {
  const pager = text === '' ? null : pagerFor(output, environment)
  if (pager === null || !(await isShown(pager, text, environment))) output.write(text)
}

/** Whether the pager took it. As a shell reads it: people's PAGER holds options. */
function isShown(pager: string, text: string, environment: Environment): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(pager, {
      shell: true,
      stdio: ['pipe', 'inherit', 'inherit'],
      // Colours as they are, and no waiting at the end of what fits on the screen.
      env: { LESS: 'FRX', ...environment },
    })
    // Ctrl-C belongs to the pager while it is there.
    const stopListening = onInterrupt(() => {})
    // Whoever quits early has read enough.
    child.stdin.on('error', () => {}).end(text)
    child.on('error', () => done(false))
    child.on('close', (code) => {
      stopListening()
      done(code !== NOT_FOUND)
    })
  })
}

const NOT_FOUND = 127

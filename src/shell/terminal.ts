/** What the terminal can show, and the one moving line on it. */
import { createColours } from '../core/report/terminal-text.js'

export type Output = { isTTY?: boolean; columns?: number; write(text: string): unknown }
export type Environment = Record<string, string | undefined>

export type Progress = {
  /** Takes the moving line away. */
  stop(): void
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const TAKE_LINE_AWAY = '\r\u001b[2K'

/** Whether colours are wanted there: FORCE_COLOR decides, then NO_COLOR, then the terminal. */
export function wantsColour(output: Output, environment: Environment = process.env): boolean {
  const { FORCE_COLOR, NO_COLOR } = environment
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false

  return canMove(output, environment)
}

/** Functions that colour text for this output, or leave it alone. */
export function coloursFor(output: Output, environment: Environment = process.env) {
  return createColours(wantsColour(output, environment))
}

export function columnsOf(output: Output): number {
  return output.columns || 80
}

/**
 * Says on stderr that something takes its time: a line with a spinner and the seconds so far,
 * or, where no terminal listens, that line once.
 */
export function startProgress(
  label: string,
  output: Output = process.stderr,
  environment: Environment = process.env,
): Progress {
  if (!canMove(output, environment)) {
    output.write(`${label} …\n`)
    return { stop() {} }
  }

  const started = performance.now()
  let frame = 0
  const draw = () => {
    const seconds = Math.floor((performance.now() - started) / 1000)
    const line = `${FRAMES[frame++ % FRAMES.length]} ${label} … ${seconds} s`
    output.write(TAKE_LINE_AWAY + line.slice(0, columnsOf(output) - 1))
  }
  draw()
  const timer = setInterval(draw, 100).unref()

  return {
    stop() {
      clearInterval(timer)
      output.write(TAKE_LINE_AWAY)
    },
  }
}

function canMove(output: Output, environment: Environment): boolean {
  return output.isTTY === true && environment.TERM !== 'dumb'
}

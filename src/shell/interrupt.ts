/**
 * Ctrl-C, a closed terminal, a polite kill. Whoever is at work decides what becomes of it:
 * the newest handler is asked, and only that one. Without any handler Node's own behaviour
 * applies and the process dies.
 */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type InterruptSignal = (typeof SIGNALS)[number]
type Handler = (signal: InterruptSignal) => void

/** Thrown when the person stopped the run. The command ends with exit code 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly exitCode = 130

  constructor(message = 'Interrupted; nothing was changed.') {
    super(message)
  }
}

const handlers: Handler[] = []

/** Asks `handler` about interruptions until the returned function is called. */
export function onInterrupt(handler: Handler): () => void {
  if (handlers.length === 0) for (const signal of SIGNALS) process.on(signal, askNewest)
  handlers.push(handler)

  return () => {
    const index = handlers.lastIndexOf(handler)
    if (index === -1) return
    handlers.splice(index, 1)
    if (handlers.length === 0) for (const signal of SIGNALS) process.off(signal, askNewest)
  }
}

function askNewest(signal: InterruptSignal) {
  handlers.at(-1)?.(signal)
}

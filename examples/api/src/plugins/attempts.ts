import type { FastifyRateLimitStore } from '@fastify/rate-limit'

type Window = { count: number; endsAt: number }
type CountCallback = (error: Error | null, result?: { current: number; ttl: number }) => void

const MOST_KEYS = 50_000

/**
 * Attempts by key, in fixed windows of time. An attempt is counted before it is made, so that
 * a hundred at once are a hundred, and given back when it was right.
 */
export class Attempts {
  private readonly windows = new Map<string, Window>()

  count(key: string, duration: number): Window {
    const window = this.find(key) ?? { count: 0, endsAt: Date.now() + duration }
    window.count += 1
    // Deleted and set again: the map stays in the order of use, the oldest first.
    this.windows.delete(key)
    this.windows.set(key, window)
    this.forgetOldest()

    return window
  }

  giveBack(key: string): void {
    const window = this.find(key)
    if (window && window.count > 0) window.count -= 1
  }

  private find(key: string): Window | undefined {
    const window = this.windows.get(key)

    return window && window.endsAt > Date.now() ? window : undefined
  }

  // An attacker with many addresses must not fill the memory.
  private forgetOldest(): void {
    if (this.windows.size <= MOST_KEYS) return

    const [oldest] = this.windows.keys()
    if (oldest !== undefined) this.windows.delete(oldest)
  }
}

/** The store that @fastify/rate-limit asks for, over these attempts. */
export function attemptStore(attempts: Attempts) {
  return class AttemptStore implements FastifyRateLimitStore {
    incr(key: string, callback: CountCallback, timeWindow: number): void {
      const { count, endsAt } = attempts.count(key, timeWindow)

      callback(null, { current: count, ttl: endsAt - Date.now() })
    }

    child(): FastifyRateLimitStore {
      return this
    }
  }
}

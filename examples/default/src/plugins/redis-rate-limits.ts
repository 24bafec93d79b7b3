import type { Limit, RateLimits } from './rate-limits.js'

/** What is used of ioredis. */
type Redis = {
  on(event: 'error', listener: (error: Error) => void): unknown
  eval(script: string, keys: number, ...values: (string | number)[]): Promise<unknown>
  disconnect(): void
}

type RedisPackage = { Redis: new (url: string, options: object) => Redis }

// Not a literal, so that an app without the package compiles.
const PACKAGE = { name: 'ioredis' }

/** Connects to Redis. Null when the app has not installed the package for it. */
export async function connectToRedis(
  url: string,
  onError: (error: Error) => void,
): Promise<Redis | null> {
  try {
    const { Redis }: RedisPackage = await import(PACKAGE.name)
    // A limiter that does not answer must not hold up the log-in: it fails, with 503.
    const redis = new Redis(url, {
      connectTimeout: 2000,
      commandTimeout: 2000,
      maxRetriesPerRequest: 1,
    })
    redis.on('error', onError)

    return redis
  } catch (error) {
    if (isMissing(error)) return null

    throw error
  }
}

// Node has a code for it, ERR_MODULE_NOT_FOUND or MODULE_NOT_FOUND; Vitest 1 to 3 a sentence.
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''

  return code.endsWith('MODULE_NOT_FOUND') || error.message.startsWith('Failed to load url ioredis')
}

// A script is one step for Redis: nothing comes between its lines.
const TAKE = `
  local count = redis.call('INCR', KEYS[1])
  if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  if count <= tonumber(ARGV[1]) then return -1 end
  redis.call('DECR', KEYS[1])
  return redis.call('PTTL', KEYS[1])
`

const GIVE_BACK = `
  local count = tonumber(redis.call('GET', KEYS[1]) or 0)
  if count > 0 then redis.call('DECR', KEYS[1]) end
`

const FORGET = `redis.call('DEL', KEYS[1])`

/** The limits in Redis, which forgets them on its own when their time is up. */
export class RedisRateLimits implements RateLimits {
  private readonly redis: Redis
  private readonly idOf: (key: string) => string

  constructor(redis: Redis, idOf: (key: string) => string) {
    this.redis = redis
    this.idOf = idOf
  }

  async take(key: string, { max, timeWindow }: Limit): Promise<number | null> {
    const left = Number(await this.redis.eval(TAKE, 1, this.idOf(key), max, timeWindow))

    return left < 0 ? null : Math.max(1, left)
  }

  async giveBack(key: string): Promise<void> {
    await this.redis.eval(GIVE_BACK, 1, this.idOf(key))
  }

  async forget(key: string): Promise<void> {
    await this.redis.eval(FORGET, 1, this.idOf(key))
  }

  async close(): Promise<void> {
    this.redis.disconnect()
  }
}

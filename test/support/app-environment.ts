import { engineEnvironment } from './schema-engine/environment.js'

/** What an app of ours is run with: the engine for its migrations, and nothing of this run. */
export function appEnvironment(): Record<string, string | undefined> {
  return { ...inherited, ...engineEnvironment() }
}

// Vitest's variables would tell an app, and @fastify/autoload in it, that it runs in Vitest.
const OF_THIS_RUN = /^(?:VITEST.*|TEST|NODE_ENV|DATABASE_URL)$/

const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name)),
)

import { engineEnvironment } from './schema-engine/environment.js'

// The settings of this run must not become those of an app's own run.
const {
  VITEST: _vitest,
  VITEST_MODE: _mode,
  NODE_ENV: _environment,
  DATABASE_URL: _database,
  ...inherited
} = process.env

/** What an app of ours is run with: nothing of this run, and the engine for its migrations. */
export function appEnvironment(): Record<string, string | undefined> {
  return { ...inherited, ...engineEnvironment() }
}

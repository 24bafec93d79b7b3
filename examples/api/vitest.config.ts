import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/test-database.ts',
    env: { DATABASE_URL: 'file:./test.db' },
    // All files use the one test database, and loading the app again for each would take
    // longer than the tests.
    fileParallelism: false,
    isolate: false,
    testTimeout: 20_000,
  },
})

import { defineConfig } from 'vitest/config'

//% if (features.postgresql) {
import { testDatabaseUrl } from './test/support/test-database.js'

//% }
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/test-database.ts',
    //% if (features.sqlite) {
    env: { DATABASE_URL: 'file:./test.db' },
    //% }
    //% if (features.postgresql) {
    env: { DATABASE_URL: testDatabaseUrl() },
    //% }
    // All files use the one test database, and loading the app again for each would take
    // longer than the tests.
    fileParallelism: false,
    isolate: false,
    testTimeout: 20_000,
  },
})

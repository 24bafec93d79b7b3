import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/hosts/**', '**/node_modules/**'],
    globalSetup: 'test/support/postgresql-server.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Most files wait for the apps they start, so no core is kept free for Vitest itself.
    maxWorkers: '100%',
  },
})

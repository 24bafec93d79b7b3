import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/migrate.ts"],
    env: { DATABASE_URL: "file:./test.db" },
    // All of them write to the one test.db.
    fileParallelism: false,
  },
});

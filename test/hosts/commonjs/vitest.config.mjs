import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.js"],
    env: { DATABASE_URL: "file:./test.db" },
    fileParallelism: false,
  },
});

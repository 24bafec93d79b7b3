import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";

/** An empty, migrated test.db for every run. */
export default function migrate() {
  rmSync("test.db", { force: true });
  execFileSync("npx", ["prisma", "migrate", "deploy"], {
    env: { ...process.env, DATABASE_URL: "file:./test.db" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

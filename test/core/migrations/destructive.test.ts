import { expect, test } from 'vitest'
import { dangersIn } from '../../../src/core/migrations/destructive.js'

const EARLIER = [
  'CREATE TABLE "users" ("id" TEXT NOT NULL, "email" TEXT NOT NULL, "name" TEXT);',
  'ALTER TABLE "users" ADD COLUMN "age" INTEGER;',
]

const harmless: [string, string][] = [
  [
    'a new table, with its keys',
    'CREATE TABLE "a" ("id" TEXT NOT NULL);\nCREATE UNIQUE INDEX "a_id" ON "a"("id");',
  ],
  ['a column that may be empty', 'ALTER TABLE "users" ADD COLUMN "ip" TEXT;'],
  [
    'a required column with a default',
    'ALTER TABLE "users" ADD COLUMN "n" INTEGER NOT NULL DEFAULT 0;',
  ],
  ['an index', 'CREATE INDEX "users_age_idx" ON "users"("age");'],
  ['a key that goes', 'ALTER TABLE "users" DROP CONSTRAINT "users_fkey";'],
  ['words in a comment', '-- DROP TABLE "users";\n/* DROP TABLE "users"; */'],
  [
    'a table that SQLite makes anew with all that it had',
    `CREATE TABLE "new_users" ("id" TEXT NOT NULL, "email" TEXT NOT NULL, "name" TEXT, "age" INTEGER, "n" INTEGER NOT NULL DEFAULT 0);
INSERT INTO "new_users" ("age", "email", "id", "name") SELECT "age", "email", "id", "name" FROM "users";
DROP TABLE "users";
ALTER TABLE "new_users" RENAME TO "users";`,
  ],
]

test.each(harmless)('%s loses nothing', (_claim, sql) => {
  expect(dangersIn(sql, EARLIER)).toEqual([])
})

const dangerous: [string, string[]][] = [
  ['DROP TABLE "public"."users";', ['drops the table users']],
  ['DELETE FROM "users" WHERE 1 = 1;', ['deletes rows of users']],
  ['TRUNCATE TABLE users;', ['deletes rows of users']],
  [
    'ALTER TABLE "users" DROP COLUMN "name",\nADD COLUMN "ip" TEXT NOT NULL;',
    [
      'drops the column users.name',
      'adds users.ip, required and without a default, which fails where there are rows',
    ],
  ],
  ['ALTER TABLE `users` MODIFY `age` VARCHAR(9) NULL;', ['changes users.age']],
  ['ALTER TABLE "users" ALTER COLUMN "age" SET DATA TYPE TEXT;', ['changes the type of users.age']],
  [
    'ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;',
    ['makes users.age required, which fails where a row has no value'],
  ],
  [
    'CREATE UNIQUE INDEX "users_name_key" ON "users"("name");',
    ['makes users(name) unique, which fails where rows are alike'],
  ],
  [
    `CREATE TABLE "new_users" ("id" TEXT NOT NULL, "email" TEXT NOT NULL, "age" INTEGER, "n" INTEGER NOT NULL);
INSERT INTO "new_users" ("age", "email", "id") SELECT "age", "email", "id" FROM "users";
DROP TABLE "users";
ALTER TABLE "new_users" RENAME TO "users";`,
    [
      'drops the column users.name',
      'adds users.n, required and without a default, which fails where there are rows',
    ],
  ],
]

test.each(dangerous)('%s is told', (sql, dangers) => {
  expect(dangersIn(sql, EARLIER)).toEqual(dangers)
})

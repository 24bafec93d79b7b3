import { expect, test } from 'vitest'

import { changesBetween } from './mysql-changes.js'

const USERS =
  'CREATE TABLE `users` (\n  `id` INTEGER NOT NULL,\n  `hash` TEXT NOT NULL\n) DEFAULT X'
const MORE = `CREATE TABLE \`users\` (
  \`id\` INTEGER NOT NULL,
  \`hash\` TEXT NULL,
  \`confirmed_at\` DATETIME(3) NULL,
  INDEX (\`confirmed_at\`)
) DEFAULT X`
const TOKENS = 'CREATE TABLE `tokens` (\n  `id` INTEGER NOT NULL\n) DEFAULT X'
const KEY = 'ALTER TABLE `tokens` ADD FOREIGN KEY (`id`) REFERENCES `users` (`id`)'

test('a table that is there gets what it lacks, and others are made', () => {
  expect(changesBetween([USERS], [MORE, TOKENS, KEY])).toEqual([
    'ALTER TABLE `users` MODIFY COLUMN `hash` TEXT NULL, ADD COLUMN `confirmed_at` DATETIME(3) NULL, ADD INDEX (`confirmed_at`)',
    TOKENS,
    KEY,
  ])
})

test('what is the same is left alone', () => {
  expect(changesBetween([USERS, TOKENS, KEY], [USERS, TOKENS, KEY])).toEqual([])
})

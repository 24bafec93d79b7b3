import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

import { runIn } from '../processes.js'
import { readModels } from './models.js'
import { tablesOf } from './tables.js'

const SCHEMA = `generator client {
  provider = "prisma-client"
  output   = "./generated"
}

datasource db {
  provider = "mysql"
}

enum Role {
  ADMIN @map("admin")
  USER
}

model User {
  id    Int      @id @default(autoincrement())
  email String   @unique @db.VarChar(200)
  role  Role     @default(ADMIN)
  since DateTime @default(now()) @map("since_at") @db.DateTime(6)
  score Decimal? @default(1.5)
  links Link[]

  @@index([role, score])
  @@map("users")
}

model Link {
  token  Bytes  @id @db.VarBinary(32)
  text   String @db.LongText
  user   User   @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int    @map("user_id")

  @@unique([userId, token])
}
`

const root = fileURLToPath(new URL('../../..', import.meta.url))

test('a schema becomes the tables that Prisma would make of it on MySQL', async () => {
  const schema = await readModels(SCHEMA, async (file, env) => {
    const { code, output } = await runIn(root, ['npx', 'prisma', 'generate', '--schema', file], env)
    expect(code, output).toBe(0)
  })
  expect(tablesOf(schema)).toEqual([
    `CREATE TABLE \`users\` (
  \`id\` INTEGER NOT NULL AUTO_INCREMENT,
  \`email\` VARCHAR(200) NOT NULL,
  \`role\` ENUM('admin', 'USER') NOT NULL DEFAULT 'admin',
  \`since_at\` DATETIME(6) NOT NULL DEFAULT NOW(6),
  \`score\` DECIMAL(65,30) NULL DEFAULT 1.5,
  PRIMARY KEY (\`id\`),
  UNIQUE INDEX (\`email\`),
  INDEX (\`role\`, \`score\`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    `CREATE TABLE \`Link\` (
  \`token\` VARBINARY(32) NOT NULL,
  \`text\` LONGTEXT NOT NULL,
  \`user_id\` INTEGER NOT NULL,
  PRIMARY KEY (\`token\`),
  UNIQUE INDEX (\`user_id\`, \`token\`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    'ALTER TABLE `Link` ADD FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE CASCADE',
  ])
}, 60_000)

import { existsSync } from 'node:fs'

import { defineConfig } from 'prisma/config'

if (existsSync('.env')) process.loadEnvFile('.env')

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  //% if (features.sqlite) {
  datasource: { url: process.env.DATABASE_URL ?? 'file:./dev.db' },
  //% }
  //% if (features.postgresql) {
  datasource: { url: process.env.DATABASE_URL ?? '' },
  //% }
})

// The user models of real apps: what is written for each is accepted by Prisma and the compiler.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { expectToCompile, readIn, writeApp } from './support/user-model-app.js'

const BCRYPT = {
  dependencies: { bcryptjs: '^3.0.0' },
  files: {
    'src/hash.ts': `import bcrypt from 'bcryptjs'

const SALT_ROUNDS = 12

export const hashIt = (password: string) => bcrypt.hash(password, SALT_ROUNDS)
`,
    'src/bcryptjs.d.ts': `declare module 'bcryptjs' {
  const bcrypt: {
    compare(password: string, hash: string): Promise<boolean>
    hash(password: string, cost: number): Promise<string>
  }
  export default bcrypt
}
`,
  },
}

const SECURE_SESSION = 'node_modules/@fastify/secure-session'

/** The package, as far as its types are about sessions. */
const SECURE_SESSION_PACKAGE = {
  [`${SECURE_SESSION}/package.json`]: JSON.stringify({ version: '8.4.0', types: 'index.d.ts' }),
  [`${SECURE_SESSION}/index.d.ts`]: `import type { FastifyPluginCallback } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    session: secureSession.Session
  }
}

interface SessionData {}

declare namespace secureSession {
  export type Session<T = SessionData> = Partial<T> & { data(): T | undefined; delete(): void }
}

declare const secureSession: FastifyPluginCallback<{
  key: Buffer
  cookieName?: string
  cookie?: { path: string; secure: boolean }
}>
export = secureSession
`,
}

describe('a model with a password of its own', { timeout: 180_000 }, () => {
  test('keeps it in that one column, and verifies what is there', async () => {
    const folder = writeApp('required-password', {
      ...BCRYPT,
      schema: `model User {
  id        String   @id @default(uuid())
  email     String   @unique
  password  String
  createdAt DateTime @default(now())

  @@map("user")
}
`,
    })
    await expectToCompile(folder)

    expect(readIn(folder, 'prisma/schema.prisma')).not.toContain('hashed')
    expect(readIn(folder, 'src/accounts.ts')).toContain('user?.password ?? null')
    expect(readIn(folder, 'src/accounts/password.ts')).toContain("NO_PASSWORD = '!'")
    expect(readIn(folder, 'src/accounts/old-passwords.ts')).toContain("OLD_COST = '12'")
  })
})

describe('a model with other required fields', { timeout: 180_000 }, () => {
  test('asks for what people may choose, typed, and leaves the rest to be decided', async () => {
    const folder = writeApp('usuario', {
      ...BCRYPT,
      schema: `enum Sexo {
  FEMININO
  MASCULINO
}

model Perfil {
  id       Int       @id @default(autoincrement())
  nome     String    @unique
  usuarios Usuario[]
}

model Usuario {
  id             Int      @id @default(autoincrement())
  email          String   @unique
  username       String   @unique @db.VarChar(30)
  nome           String
  dataNascimento DateTime
  sexo           Sexo
  age            Int
  weight         Float
  income         Decimal
  serial         BigInt
  newsletter     Boolean
  perfilId       Int
  perfil         Perfil   @relation(fields: [perfilId], references: [id])
  isAdmin        Boolean
  settings       Json
  createdAt      DateTime @default(now())
  updatedAt      DateTime @updatedAt
  senha          String
}
`,
      provider: 'postgresql',
    })
    const output = await expectToCompile(folder)

    expect(output).toContain(
      'Nobody can register before this file says what a new account starts with: perfilId refers to a Perfil.',
    )
    const newUser = readIn(folder, 'src/accounts/new-usuario.ts')
    expect(newUser).toContain("'perfilId' | 'isAdmin' | 'settings'")
    expect(newUser).not.toContain('body.isAdmin')
    expect(readIn(folder, 'src/views/usuarios/new-usuario-fields.ejs')).toContain(
      '<select id="sexo"',
    )
  })
})

describe('the schema around the model', { timeout: 180_000 }, () => {
  test('may be in tabs, have several schemas, reserved words and ids that JSON has no number for', async () => {
    const folder = writeApp('multi-schema', {
      schema: `generator client {
	provider = "prisma-client"
	output   = "../src/generated/prisma"
}

datasource db {
	provider = "postgresql"
	schemas  = ["public", "auth"]
}

model User {
	id            BigInt    @id @default(autoincrement())
	email         String    @unique @map("e_mail") @db.Citext
	emailVerified DateTime? @map("email_verified")
	deletedAt     DateTime? @map("deleted_at")

	@@map("user")
	@@schema("auth")
}

model Post {
	id Int @id

	@@schema("public")
}
`,
    })
    await expectToCompile(folder)

    const schema = readIn(folder, 'prisma/schema.prisma')
    expect(schema).toMatch(/^\tuserId +BigInt +@map\("user_id"\)$/m)
    expect(schema.match(/^\t@@schema\("auth"\)$/gm)).toHaveLength(4)
    expect(schema).not.toMatch(/^ /m)
    const store = readIn(folder, 'src/plugins/session-store.ts')
    expect(store).toContain('FROM auth.users_sessions s')
    expect(store).toContain('JOIN auth."user" u ON u.id = t.user_id')
    expect(store).toContain('u.email_verified AS "emailVerified"')
    expect(store).toContain('u.deleted_at AS "deletedAt"')
    expect(readIn(folder, 'src/plugins/users.ts')).toContain("typeof value === 'bigint'")
  })

  test('may be for MySQL without foreign keys, with its own names in one style', async () => {
    const folder = writeApp('relation-mode', {
      schema: `generator client {
  provider = "prisma-client"
  output   = "../src/generated/prisma"
}

datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}

model Usuario {
  id            String  @id @default(uuid()) @db.Char(36)
  email         String  @unique @db.VarChar(100)
  password_hash String? @db.VarChar(255)
  created_at    DateTime @default(now())

  @@map("usuarios")
}
`,
    })
    await expectToCompile(folder)

    const schema = readIn(folder, 'prisma/schema.prisma')
    expect(schema).toMatch(/^ {2}usuarioId +String +@map\("usuario_id"\) @db.Char\(36\)$/m)
    expect(schema).toMatch(/^ {2}confirmed_at +DateTime\?$/m)
    expect(readIn(folder, 'src/accounts/scope.ts')).toContain("'id' | 'email' | 'confirmed_at'")
  })

  test('may be for CockroachDB, which counts no Int', async () => {
    const folder = writeApp('cockroach', {
      provider: 'cockroachdb',
      schema: `model Member {
  id    Int    @id @default(sequence())
  email String @unique
  senha String @db.String(255)
}
`,
    })
    await expectToCompile(folder)

    expect(readIn(folder, 'src/accounts/old-passwords.ts')).toContain('Fill in how this app')
  })
})

test('an email that some have not got is one for all that auth deals with', async () => {
  const folder = writeApp('optional-email', {
    schema: `model Account {
  id    Int     @id @default(autoincrement())
  phone String? @unique
  email String? @unique
}
`,
  })
  await expectToCompile(folder)

  expect(readIn(folder, 'src/identity/confirmation.ts')).toContain('emailAddressOf(account)')
}, 180_000)

describe('a model that nobody was found by email in', { timeout: 180_000 }, () => {
  test('gets an email that may be empty, and registration asks for it beside the phone', async () => {
    const folder = writeApp('phone-only', {
      ...BCRYPT,
      provider: 'mysql',
      schema: `model User {
  id       Int    @id @default(autoincrement())
  phone    String @unique
  password String
}
`,
    })
    const output = await expectToCompile(folder)

    expect(output).toContain('User has no email')
    expect(output).not.toContain('LOWER(TRIM')
    expect(readIn(folder, 'prisma/schema.prisma')).toMatch(
      /^ {2}email +String\? +@unique @db\.VarChar\(254\)$/m,
    )
    expect(readIn(folder, 'src/accounts/new-user.ts')).toContain('phone: body.phone')
    expect(readIn(folder, 'src/accounts/confirmation.ts')).toContain('emailAddressOf(user)')
  })

  test('finds them by the email that was not unique, and by no identity of another provider', async () => {
    const folder = writeApp('shared-email', {
      provider: 'postgresql',
      schema: `model User {
  id         Int     @id @default(autoincrement())
  providerId String  @unique
  email      String?
}
`,
    })
    const output = await expectToCompile(folder)

    expect(output).toMatch(/Settle who keeps .*SELECT LOWER\("email"\).*\n.*prisma migrate dev/)
    expect(readIn(folder, 'prisma/schema.prisma')).toMatch(/^ {2}@@unique\(\[email\]\)$/m)
    expect(readIn(folder, 'src/accounts/new-user.ts')).toContain('providerId: randomUUID()')
  })
})

describe('a model with other names for the id and the email', { timeout: 180_000 }, () => {
  test.each(['String', 'String?'])('is read and written by them: mail %s', async (type) => {
    const folder = writeApp('other-names', {
      schema: `model User {
  user_id   Int      @id @default(autoincrement())
  mail      ${type}  @unique
  username  String   @unique
  password  String?
}
`,
    })
    await expectToCompile(folder)

    expect(readIn(folder, 'prisma/schema.prisma')).toContain('references: [user_id]')
    expect(readIn(folder, 'prisma/schema.prisma')).not.toMatch(/^ {2}email /m)
    expect(readIn(folder, 'src/accounts.ts')).toContain('where: { mail: normalizeEmail(email) }')
    expect(readIn(folder, 'src/plugins/session-store.ts')).toContain('u.user_id AS "userId"')
  })

  test('leaves the app under the names that every client of these routes knows', async () => {
    const folder = writeApp('other-names-outside', {
      schema: `model User {
  userNo BigInt @id @default(autoincrement()) @map("id")
  correo String @unique
}
`,
    })
    await expectToCompile(folder)

    expect(readIn(folder, 'src/accounts/scope.ts')).toContain(
      '{ userNo: id, correo: email, confirmedAt, deactivatedAt }',
    )
    expect(readIn(folder, 'src/accounts/scope.ts')).toContain('return { id: String(id), email,')
    expect(readIn(folder, 'src/routes/users/session-controller.ts')).toContain(
      'user: request.currentScope.toJSON().user',
    )
  })
})

describe('a model that is called like a table', { timeout: 180_000 }, () => {
  test('keeps its name in the schema and the client, and is a User everywhere else', async () => {
    const folder = writeApp('users', {
      schema: `model users {
  user_id       BigInt         @id @default(autoincrement())
  tenant_id     Int
  email         String         @unique
  password_hash String
  full_name     String         @unique
  tenants       tenants        @relation(fields: [tenant_id], references: [id])
  user_sessions user_session[]
}

model tenants {
  id    Int     @id @default(autoincrement())
  users users[]
}

model user_session {
  id      Int   @id @default(autoincrement())
  user_id BigInt
  users   users @relation(fields: [user_id], references: [user_id])
}
`,
    })
    const output = await expectToCompile(folder)

    expect(output).toContain('fields of users')
    const schema = readIn(folder, 'prisma/schema.prisma')
    expect(schema).toMatch(
      /^ {2}user +users +@relation\(fields: \[userId\], references: \[user_id\]/m,
    )
    expect(schema).not.toMatch(/\bUser\b/)
    expect(readIn(folder, 'src/accounts.ts')).toContain('db.users.findUnique(')
    const record = JSON.parse(readIn(folder, '.create-auth/record.json'))
    expect(record.systems[0].names).toMatchObject({ model: 'User', schemaModel: 'users' })
    const manifest = JSON.parse(readIn(folder, '.create-auth/manifest.json'))
    expect(manifest.tables.users).toMatchObject({ email: 'email', user_id: 'user_id' })
  })

  test('may be the noun itself', async () => {
    const folder = writeApp('lower-user', {
      schema: 'model user {\n  id    Int    @id\n  email String @unique\n}\n',
    })
    await expectToCompile(folder)

    expect(readIn(folder, 'src/accounts/scope.ts')).toContain('user as User')
  })
})

test('models of the app that have the names of ours keep them, and ours get longer ones', async () => {
  const folder = writeApp('taken-names', {
    schema: `model User {
  id         Int         @id @default(autoincrement())
  email      String      @unique
  userTokens UserToken[]
}

model UserToken {
  id     Int    @id @default(autoincrement())
  value  String
  userId Int
  user   User   @relation(fields: [userId], references: [id])
}

model Visit {
  id Int @id

  @@map("users_sessions")
}
`,
  })
  const output = await expectToCompile(folder)

  expect(output).toContain('ours are AuthUserToken, AuthUserSession, AuthUserRateLimit')
  const schema = readIn(folder, 'prisma/schema.prisma')
  expect(schema).toMatch(/^ {2}authUserTokens +AuthUserToken\[\]$/m)
  expect(schema).toMatch(/^model AuthUserSession \{$/m)
  expect(schema).toContain('@@map("auth_users_tokens")')
  expect(readIn(folder, 'src/plugins/session-store.ts')).toContain('FROM auth_users_sessions s')
  expect(readIn(folder, 'src/accounts/user-token.ts')).toContain('db.authUserToken.')
  expect(readIn(folder, '.create-auth/manifest.json')).toContain('auth_users_rate_limits')
}, 180_000)

test('a log-in is a guest in a session that is kept in a cookie', async () => {
  const folder = writeApp('secure-session', {
    schema: 'model User {\n  id    String @id\n  email String @unique\n}\n',
    dependencies: { '@fastify/secure-session': '^8.0.0' },
    files: {
      'src/app.ts': `import Fastify from 'fastify'
import secureSession from '@fastify/secure-session'
import { prisma } from './prisma.js'

export async function buildApp() {
  const app = Fastify()
  await app.register(secureSession, { key: Buffer.alloc(32) })
  app.get('/', async () => prisma.user.count())

  return app
}
`,
      ...SECURE_SESSION_PACKAGE,
    },
  })
  await expectToCompile(folder)

  expect(readIn(folder, 'src/app.ts')).toMatch(/secureSession, .*\n.*register\(users, /)
  expect(readIn(folder, 'prisma/schema.prisma')).not.toContain('UserSession')
  expect(readIn(folder, 'package.json')).not.toContain('"@fastify/session"')
  const userAuth = readIn(folder, 'src/plugins/user-auth.ts')
  expect(userAuth).toContain('request.session.delete()')
  expect(userAuth).not.toMatch(/destroy|regenerate/)
}, 180_000)

describe('an app that asks less of its compiler', { timeout: 180_000 }, () => {
  test('compiles with the libraries of 2020, without null, and with every type written', async () => {
    const folder = writeApp('older', {
      schema: `model User {
  id    Int    @id @default(autoincrement())
  email String @unique
}
`,
    })
    const path = join(folder, 'tsconfig.json')
    const { compilerOptions, include } = JSON.parse(readIn(folder, 'tsconfig.json'))
    const { exactOptionalPropertyTypes: _exact, ...others } = compilerOptions
    const older = { ...others, lib: ['es2020'], strictNullChecks: false }
    writeFileSync(path, JSON.stringify({ compilerOptions: older, include }))

    await expectToCompile(folder)
  })
})

/** A schema with what real ones have: comments, strings with brackets, mapped names. */
export const SCHEMA = `// The schema of "My {App}"
generator client {
  provider        = "prisma-client"
  output          = "../src/generated" // not {here}
  previewFeatures = ["views"]
}

datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

/// A person } who logs in {
model User { // the one
  id    Int     @id @default(autoincrement())
  // }
  email String  @unique @map("e_mail")
  name  String? @default("}") /* model Ghost { */
  /* Old Int
  older Int } */

  posts Post[]

  @@map("users")
}

model Post {
  id       Int         @id
  title    String      @default("it's // no comment")
  data     Json?
  point    Unsupported("point(1, 2)")?
  tags     String[]
  userId   Int         @map(name: "user_id")
  user     User        @relation(fields: [userId], references: [id])
  created  DateTime    @default(now()) @db.Timestamp(6)
  @@unique([title])
  @@index([userId])
}

enum Role {
  ADMIN @map("admin")
  MEMBER // everybody
  @@map("roles")
}
`

-- CreateTable
CREATE TABLE "users_tokens" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "chip" TEXT NOT NULL,
    "userId" INTEGER NOT NULL,
    CONSTRAINT "users_tokens_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "users_tokens_chip_key" ON "users_tokens"("chip");

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "hashed_password" TEXT,
    "confirmed_at" DATETIME,
    "deactivated_at" DATETIME,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "users_tokens" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "context" TEXT NOT NULL,
    "token" BLOB NOT NULL,
    "sent_to" TEXT,
    "old_email" TEXT,
    "authenticated_at" DATETIME,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "browser" TEXT,
    "system" TEXT,
    "ip" TEXT,
    "last_seen_at" DATETIME,
    CONSTRAINT "users_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "users_sessions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "data" TEXT NOT NULL,
    "user_token_id" TEXT,
    "last_seen_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "users_sessions_user_token_id_fkey" FOREIGN KEY ("user_token_id") REFERENCES "users_tokens" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "users_rate_limits" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "ends_at" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "users_tokens_user_id_idx" ON "users_tokens"("user_id");

-- CreateIndex
CREATE INDEX "users_tokens_context_created_at_idx" ON "users_tokens"("context", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "users_tokens_context_token_key" ON "users_tokens"("context", "token");

-- CreateIndex
CREATE INDEX "users_sessions_user_token_id_idx" ON "users_sessions"("user_token_id");

-- CreateIndex
CREATE INDEX "users_sessions_last_seen_at_idx" ON "users_sessions"("last_seen_at");

-- CreateIndex
CREATE INDEX "users_rate_limits_ends_at_idx" ON "users_rate_limits"("ends_at");

-- CreateTable
CREATE TABLE "Song" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "voices" INTEGER NOT NULL DEFAULT 4
);

-- CreateIndex
CREATE UNIQUE INDEX "Song_title_key" ON "Song"("title");

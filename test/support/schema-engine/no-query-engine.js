// Stands where Prisma 6 wants to find its native query engine before it generates a client. A
// client that uses a driver adapter never loads it; any other one should fail here, aloud.

throw new Error('There is no native query engine: set engineType = "client" in the generator.')

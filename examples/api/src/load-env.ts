import { existsSync } from 'node:fs'

// The settings of this machine. What the environment sets already wins over the file.
// The types of Node before 20.12 do not know how.
const { loadEnvFile } = process as NodeJS.Process & { loadEnvFile: (path: string) => void }
if (existsSync('.env')) loadEnvFile('.env')

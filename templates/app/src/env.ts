import { existsSync } from 'node:fs'

// The settings of this machine. What the environment sets already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env')

#!/usr/bin/env node
import { main } from '../dist/cli.js'

// `create-auth scaffold | head` reads no further, and what is being written is still finished.
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
})
process.exitCode = await main(process.argv.slice(2))

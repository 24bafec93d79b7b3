// npm run examples: writes examples/default and examples/api anew, as the command writes them.

import { fileURLToPath } from 'node:url'

import { EXAMPLES, writeExample } from '../test/support/examples.js'

for (const name of Object.keys(EXAMPLES)) {
  await writeExample(name, fileURLToPath(new URL(name, import.meta.url)))
  process.stdout.write(`examples/${name}\n`)
}

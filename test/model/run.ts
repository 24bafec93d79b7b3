// npm run model: many long lives of accounts. RUNS says how many, DEEDS how long, SEED which.
// With words behind it, the seeded bug that has them in its name is put in first: to see it fail.

import { BUGS } from '../seeded-bugs/bugs.js'
import { plant } from '../seeded-bugs/seeded-bug.js'
import { copyExample, removeCopy } from '../support/example-copy.js'
import { checkLives } from './check-lives.js'
import { RealApp } from './real-app.js'

const { RUNS = '200', DEEDS = '60', SEED } = process.env
const words = process.argv.slice(2).join(' ')
const copy = await copyExample()

try {
  for (const bug of BUGS.filter(({ name }) => words !== '' && name.includes(words))) {
    plant(bug, copy)
    process.stdout.write(`With the bug: ${bug.name}\n`)
  }
  const app = await RealApp.start(copy)
  const startedAt = performance.now()
  await checkLives(app, {
    runs: Number(RUNS),
    deeds: Number(DEEDS),
    seed: SEED === undefined ? undefined : Number(SEED),
  })
  await app.close()
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  process.stdout.write(`${RUNS} lives of up to ${DEEDS} deeds, in ${seconds} s\n`)
} finally {
  removeCopy(copy)
}

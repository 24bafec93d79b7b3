// Links, passwords and limits on PostgreSQL, with many requests at the same moment, twenty times over.
// SEEDED_BUG names a mistake that is put in first: `npm run seeded-bugs` looks whether it is noticed.

import { afterAll, beforeAll } from 'vitest'

import { BUGS } from './seeded-bugs/bugs.js'
import { plant } from './seeded-bugs/seeded-bug.js'
import { AccountRows, newPostgresqlApp } from './support/account-rows.js'
import { describeRaces } from './support/describe-races.js'
import { appFolder } from './support/real-app.js'
import { TwoProcesses } from './support/two-processes.js'

const folder = appFolder('races')
let app: TwoProcesses

beforeAll(async () => {
  const url = await newPostgresqlApp(folder, 'races')
  for (const bug of BUGS.filter(({ name }) => name === process.env.SEEDED_BUG)) plant(bug, folder)
  app = await TwoProcesses.of(folder, url, await AccountRows.open(url))
}, 240_000)

afterAll(() => app?.stop())

describeRaces(20, () => app)

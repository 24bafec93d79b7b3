// Links, passwords and limits on PostgreSQL, with many requests at the same moment, twenty times over.

import { afterAll, beforeAll } from 'vitest'

import { describeRaces } from './support/describe-races.js'
import { appFolder } from './support/real-app.js'
import { TwoProcesses } from './support/two-processes.js'

const folder = appFolder('races')
let app: TwoProcesses

beforeAll(async () => {
  app = await TwoProcesses.start(folder)
}, 240_000)

afterAll(() => app?.stop())

describeRaces(20, () => app)

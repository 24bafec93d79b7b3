import { describeHost } from '../support/describe-host.js'

describeHost({
  name: 'crowded',
  part: 3,
  systems: [[]],
  byHand: {
    file: 'src/app.ts',
    after: 'app.addHook("preHandler", async (request, reply) => {',
  },
})

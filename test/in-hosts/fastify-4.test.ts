import { describeHost } from '../support/describe-host.js'

describeHost({
  ...{ name: 'fastify-4', part: 1, systems: [[]] },
  ...{ packagesOf: 'fastify-4', databaseUrl: 'file:./test.db' },
})

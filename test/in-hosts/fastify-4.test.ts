import { describeHost } from '../support/describe-host.js'

describeHost({
  ...{ name: 'fastify-4', systems: [[]] },
  ...{ packagesOf: 'fastify-4', databaseUrl: 'file:./test.db' },
})

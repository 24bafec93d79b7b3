import { describeHost } from '../support/describe-host.js'

describeHost({
  ...{ name: 'prisma-5', systems: [[]], postgresql: true },
  ...{ ownPackages: true, packagesOf: 'fastify-4', compileOnly: true },
})

import { describeHost } from '../support/describe-host.js'

describeHost({
  ...{ name: 'jest', part: 2, systems: [[]], testScripts: ['test', 'test:auth'] },
  ...{ packagesOf: 'jest', databaseUrl: 'file:./test.db' },
})

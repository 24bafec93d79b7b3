import { describeHost } from '../support/describe-host.js'

describeHost({ name: 'commonjs', systems: [[]] })

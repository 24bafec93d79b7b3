import { describeHost } from '../support/describe-host.js'

describeHost({ name: 'javascript', part: 2, systems: [[]] })

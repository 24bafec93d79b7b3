import { describeHost } from '../support/describe-host.js'

describeHost({ name: 'single-file', part: 2, systems: [[]], postgresql: true, ownPackages: true })

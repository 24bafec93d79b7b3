import { describeHost } from '../support/describe-host.js'

describeHost({ name: 'single-file', systems: [[]], postgresql: true, ownPackages: true })

import { describeHost } from '../support/describe-host.js'

describeHost({ name: 'own-session', systems: [[]] })

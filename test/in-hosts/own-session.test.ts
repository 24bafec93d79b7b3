import { describeHost } from '../support/describe-host.js'

describeHost({ name: 'own-session', part: 3, systems: [[]] })

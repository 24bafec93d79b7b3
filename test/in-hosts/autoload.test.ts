import { describeHost } from '../support/describe-host.js'

describeHost({ name: 'autoload', part: 1, systems: [['Identity', 'Member', 'members']] })

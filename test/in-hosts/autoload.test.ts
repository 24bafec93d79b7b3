import { describeHost } from '../support/describe-host.js'

describeHost({ name: 'autoload', systems: [['Identity', 'Member', 'members']] })

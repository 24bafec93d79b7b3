import { describeHost } from '../support/describe-host.js'

describeHost({
  name: 'by-hand',
  systems: [[], ['BackOffice', 'Admin', 'admins', '--prefix', '/back-office']],
})

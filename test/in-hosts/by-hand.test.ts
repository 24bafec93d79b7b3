import { describeHost } from '../support/describe-host.js'

describeHost({
  name: 'by-hand',
  part: 2,
  systems: [[], ['BackOffice', 'Admin', 'admins', '--prefix', '/back-office']],
})

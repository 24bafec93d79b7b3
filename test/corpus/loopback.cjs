// Loaded before an app: its server listens on this machine alone, on the port that it is told.

'use strict'

const { Server } = require('node:net')

const port = Number(process.env.CORPUS_PORT)
const { listen } = Server.prototype
let wanted

Server.prototype.listen = function listenHere(first, ...rest) {
  const isOptions = typeof first === 'object' && first !== null && 'port' in first
  const asked = isOptions ? first.port : first
  if (asked === undefined || asked === null || !/^\d+$/.test(asked)) {
    return listen.call(this, first, ...rest)
  }

  // An app that opens a second port gets any other one.
  wanted ??= asked
  const options = {
    ...(isOptions ? first : {}),
    port: asked === wanted ? port : 0,
    host: '127.0.0.1',
  }

  return listen.call(
    this,
    options,
    rest.findLast((value) => typeof value === 'function'),
  )
}

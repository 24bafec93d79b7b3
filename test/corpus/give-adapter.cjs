// Loaded by a generated client of Prisma 5 or 6: whoever constructs it gets a driver adapter with it.

'use strict'

module.exports = function giveAdapter(client, { variables, adapter, driver }) {
  const { PrismaClient } = client

  client.PrismaClient = class extends PrismaClient {
    constructor({ datasources, datasourceUrl, ...options } = {}) {
      const named = Object.values(datasources ?? {})[0]?.url ?? datasourceUrl
      super({ adapter: connect(named ?? addressIn(variables)), ...options })
    }
  }

  function connect(url) {
    const { PrismaPg, PrismaLibSQL, PrismaMariaDb } = require(adapter)
    if (driver) return connectThrough(require(driver), { PrismaPg, PrismaLibSQL }, url)
    if (PrismaPg) return new PrismaPg({ connectionString: url }, { schema: schemaOf(url) })

    return PrismaLibSQL ? new PrismaLibSQL({ url }) : new PrismaMariaDb(url)
  }
}

/** The adapters of Prisma 5 are given the driver. */
function connectThrough({ Pool, createClient }, { PrismaPg, PrismaLibSQL }, url) {
  return PrismaPg
    ? new PrismaPg(new Pool({ connectionString: url }), { schema: schemaOf(url) })
    : new PrismaLibSQL(createClient({ url }))
}

function addressIn(variables) {
  return variables.map((name) => process.env[name]).find(Boolean)
}

// Tests of apps give themselves a schema of their own in this way.
function schemaOf(url) {
  return new URL(url).searchParams.get('schema') ?? undefined
}

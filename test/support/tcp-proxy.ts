// A line to a server, which can be cut or go silent.

import { createServer, connect, type Socket } from 'node:net'
import { once } from 'node:events'

import { findFreePort } from './free-port.js'

export type TcpProxy = {
  url: string
  /** What is wrong with the line: null for nothing. */
  fault: 'refuses' | 'is silent' | null
  stop: () => Promise<void>
}

/** Passes on what is sent to a server, unless there is a fault. */
export async function startTcpProxy(target: URL): Promise<TcpProxy> {
  const url = new URL(target)
  url.host = `127.0.0.1:${await findFreePort()}`
  const sockets = new Set<Socket>()
  let fault: TcpProxy['fault'] = null

  const server = createServer((client) => {
    if (fault === 'refuses') {
      client.destroy()
      return
    }
    const upstream = connect(Number(target.port || 5432), target.hostname)
    join(client, upstream)
    join(upstream, client)
  })
  server.listen(Number(url.port), '127.0.0.1')
  await once(server, 'listening')

  function join(from: Socket, to: Socket): void {
    sockets.add(from)
    from.on('data', (data) => {
      if (fault === null) to.write(data)
    })
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
    from.on('error', () => to.destroy())
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy()
  }

  return {
    url: url.href,
    get fault() {
      return fault
    },
    set fault(next) {
      fault = next
      if (next === 'refuses') cut()
    },
    async stop() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

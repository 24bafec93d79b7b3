// A line to a server, which can be cut or go silent.

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

import { findFreePort } from './free-port.js'

export type TcpProxy = {
  url: string
  /** What is wrong with the line: null for nothing. When it is slow, each answer takes a second. */
  fault: 'refuses' | 'is silent' | 'is slow' | null
  /** Sees what is sent to the server before it gets there, and may change the fault. */
  watch: ((sent: Buffer) => void) | null
  stop: () => Promise<void>
}

/** For each answer of the server, in milliseconds. */
const SLOWLY = 1000

/** Passes on what is sent to a server, unless there is a fault. */
export async function startTcpProxy(target: URL): Promise<TcpProxy> {
  const url = new URL(target)
  url.host = `127.0.0.1:${await findFreePort()}`
  const sockets = new Set<Socket>()
  let fault: TcpProxy['fault'] = null
  let watch: TcpProxy['watch'] = null

  const server = createServer((client) => {
    if (fault === 'refuses') {
      client.destroy()
      return
    }
    const upstream = connect(Number(target.port || 5432), target.hostname)
    client.on('data', (data) => watch?.(data))
    join(client, upstream, 0)
    join(upstream, client, SLOWLY)
  })
  server.listen(Number(url.port), '127.0.0.1')
  await once(server, 'listening')

  function join(from: Socket, to: Socket, slowly: number): void {
    sockets.add(from)
    from.on('data', (data) => {
      if (fault === null) to.write(data)
      if (fault === 'is slow') setTimeout(() => to.write(data), slowly)
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
    get watch() {
      return watch
    },
    set watch(next) {
      watch = next
    },
    async stop() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

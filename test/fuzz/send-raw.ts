import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

import type { RandomRequest } from './random-requests.js'

const LONGEST_ANSWER = 20_000

export type RawAnswer = { status: number | null; text: string }

/** Sends a request byte by byte as it is, which no client of HTTP would do. */
export async function sendRaw(port: number, request: RandomRequest): Promise<RawAnswer> {
  const { method, target, headers, body } = request
  const bytes = body === null ? null : Buffer.from(body)
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'host: app.test',
    'connection: close',
    ...headers.map(([name, value]) => `${name}: ${value.replace(/[\r\n\0]/g, ' ')}`),
    ...(bytes === null ? [] : [`content-length: ${bytes.length}`]),
  ]
  const socket = connect({ port, host: '127.0.0.1' })
  socket.setTimeout(LONGEST_ANSWER, () => socket.destroy(new Error('No answer')))
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`))
  if (bytes !== null) socket.write(bytes)
  const answer = await text(socket)
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(answer) ?? []

  return { status: status === undefined ? null : Number(status), text: answer }
}

// Sends requests over connections that stay open. Written on sockets, because a real HTTP client
// uses more CPU for a request than the servers that are measured here.

import { once } from 'node:events'
import { connect } from 'node:net'

const LONGEST_ANSWER = 30_000

/**
 * @param {{ port: number, path: string, headers: Record<string, string> }} request
 * @param {{ requests: number, connections?: number }} amount
 * @returns {Promise<number>} the milliseconds it took
 */
export async function sendRequests(request, { requests, connections = 8 }) {
  const message = formatRequest(request)
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(request.port)))
  let left = requests

  const start = performance.now()
  await Promise.all(sockets.map(sendUntilDone))
  const duration = performance.now() - start
  for (const socket of sockets) socket.destroy()

  return duration

  async function sendUntilDone(socket) {
    while (left-- > 0) {
      const answer = await exchange(socket, message)
      if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(`Unexpected answer:\n${answer}`)
    }
  }
}

async function open(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')

  // A socket closes after its error, and who waits for an answer hears of that.
  socket.on('error', () => {})
  socket.setTimeout(LONGEST_ANSWER, () => socket.destroy())

  return socket.setEncoding('latin1')
}

function formatRequest({ port, path, headers }) {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers })

  return [`GET ${path} HTTP/1.1`, ...lines.map((line) => line.join(': ')), '\r\n'].join('\r\n')
}

function exchange(socket, message) {
  return new Promise((resolve, reject) => {
    let answer = ''
    if (socket.destroyed) return end()
    socket.on('data', read).once('close', end)
    socket.write(message)

    function read(chunk) {
      answer += chunk
      if (!isComplete(answer)) return

      socket.off('data', read).off('close', end)
      resolve(answer)
    }

    function end() {
      reject(new Error(`The server closed the connection after:\n${answer}`))
    }
  })
}

function isComplete(answer) {
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd === -1) return false
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer) ?? []

  return answer.length >= headEnd + 4 + Number(length)
}

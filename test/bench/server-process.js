// Starts a server in a process of its own, so that what it uses is measured alone.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const LONGEST_START = 30_000
const LONGEST_STOP = 10_000

/**
 * @param {string} name a file in servers
 * @param {{ cwd: string, env: Record<string, string> }} options
 */
export async function startServer(name, { cwd, env }) {
  const child = fork(fileURLToPath(new URL(`servers/${name}.js`, import.meta.url)), {
    cwd,
    env: { ...process.env, ...env },
  })
  const ended = once(child, 'exit')
  const patience = setTimeout(() => child.kill('SIGKILL'), LONGEST_START)
  const [{ port }] = await Promise.race([once(child, 'message'), failed()])
  clearTimeout(patience)

  return {
    origin: `http://127.0.0.1:${port}`,
    port,

    /** What the process has used since it started: CPU in milliseconds, memory in bytes. */
    async readUsage() {
      child.send('usage')
      const [{ cpu, memory }] = await once(child, 'message')

      return { cpu: (cpu.user + cpu.system) / 1000, memory }
    },

    // It closes when its parent is gone. One that does not is ended, by its pid.
    async stop() {
      if (child.connected) child.disconnect()
      const patience = setTimeout(() => child.kill('SIGKILL'), LONGEST_STOP)
      await ended
      clearTimeout(patience)
    },
  }

  async function failed() {
    const [code, signal] = await ended
    throw new Error(`The ${name} server ended before it listened: ${signal ?? `exit code ${code}`}`)
  }
}

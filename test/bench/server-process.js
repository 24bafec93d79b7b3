// Starts a server in a process of its own, so that what it uses is measured alone.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

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
  const [{ port }] = await Promise.race([once(child, 'message'), failed()])

  return {
    origin: `http://127.0.0.1:${port}`,
    port,

    /** What the process has used since it started: CPU in milliseconds, memory in bytes. */
    async readUsage() {
      child.send('usage')
      const [{ cpu, memory }] = await once(child, 'message')

      return { cpu: (cpu.user + cpu.system) / 1000, memory }
    },

    async stop() {
      if (child.connected) child.disconnect()
      await ended
    },
  }

  async function failed() {
    const [code] = await ended
    throw new Error(`The ${name} server ended before it listened, with exit code ${code}`)
  }
}

// An app as the command writes it, migrated and running in a process of its own.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { appEnvironment } from '../support/app-environment.js'
import { type RunningServer, startServer } from '../support/running-server.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const prisma = join(root, 'node_modules/prisma/build/index.js')

export type RunningApp = Pick<RunningServer, 'origin' | 'stop'>

export async function startApp(): Promise<RunningApp> {
  const parent = createFolder()
  const { origin, stop } = await startServer(await createApp(parent))

  return {
    origin,
    async stop() {
      await stop()
      rmSync(parent, { recursive: true, force: true })
    },
  }
}

// Below this repository, so that the packages of the app are found here and none are installed.
function createFolder(): string {
  mkdirSync(join(root, '.tmp'), { recursive: true })

  return mkdtempSync(join(root, '.tmp/browser-'))
}

async function createApp(parent: string): Promise<string> {
  const folder = join(parent, 'my-app')
  await run(['bin/create-auth.js', 'new', folder, '--yes', '--skip-install'], root)
  await Promise.all([run([prisma, 'generate'], folder), run([prisma, 'migrate', 'deploy'], folder)])

  return folder
}

function run(command: string[], cwd: string) {
  return promisify(execFile)(process.execPath, command, { cwd, env: appEnvironment() })
}

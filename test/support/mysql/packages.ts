// The driver of MariaDB for Prisma, which is no package of this repository: it comes from npm when
// it is first wanted, as StrykerJS does.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { runIn } from '../processes.js'

// That of the other packages of Prisma in package.json.
const VERSION = '7.10.0'

/** Apps in here find the driver; all else they find in this repository, which is around it. */
export const home = fileURLToPath(new URL(`../../../.tmp/mariadb-${VERSION}`, import.meta.url))

const flags = ['--ignore-scripts', '--no-audit', '--no-fund']

/** Null when the driver is there, otherwise what npm said. */
export async function installDriver(): Promise<string | null> {
  if (existsSync(join(home, 'node_modules/mariadb/package.json'))) return null

  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  const driver = `@prisma/adapter-mariadb@${VERSION}`
  const { code, output } = await runIn(home, ['npm', 'install', ...flags, driver])

  return code === 0 ? null : output
}

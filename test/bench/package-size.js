// What somebody downloads who runs the command.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run } from './workspace.js'

const LARGEST = 500 * 1000
const MOST_PACKAGES = 15

export function measurePackage() {
  const [{ size, unpackedSize, entryCount }] = JSON.parse(
    run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']),
  )
  const installed = countInstalled()

  return [
    { name: 'packed', bytes: size, aim: LARGEST, isMet: size < LARGEST },
    { name: 'unpacked', bytes: unpackedSize, files: entryCount },
    {
      name: 'installed',
      packages: installed,
      aim: MOST_PACKAGES,
      isMet: installed <= MOST_PACKAGES,
    },
  ]
}

// What the lock file does not mark as needed for development only, and the package itself.
function countInstalled() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))

  return Object.values(packages).filter(({ dev, devOptional }) => !dev && !devOptional).length
}

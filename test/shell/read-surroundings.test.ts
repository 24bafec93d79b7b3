import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findApp } from '../../src/shell/find-app.js'
import { readSurroundings } from '../../src/shell/read-surroundings.js'
import { folderWith } from './support/folder.js'

const API = { 'apps/api/package.json': '{ "dependencies": { "fastify": "^5.0.0" } }' }
const WORKSPACE = {
  'package.json': '{ "workspaces": ["apps/*"] }',
  'yarn.lock': '# locked',
  'packages/db/package.json': '{ "name": "db", "dependencies": { "@prisma/client": "^6.0.0" } }',
  'packages/db/schema.prisma': 'model A {}',
  'packages/db/index.ts': 'export {}',
  'packages/db/node_modules/x/package.json': '{}',
  'apps/web/package.json': '{}',
  'apps/web/page.ts': 'export {}',
  ...API,
  'apps/api/src/app.ts': '',
}

describe('the repository around an app', () => {
  it('is read for what it says, and for the sources of packages with a database', () => {
    const root = folderWith(WORKSPACE)
    const around = readSurroundings(join(root, 'apps/api'))

    expect([...around.keys()].sort()).toEqual([
      '../../package.json',
      '../../packages/db/index.ts',
      '../../packages/db/package.json',
      '../../packages/db/schema.prisma',
      '../../yarn.lock',
      '../web/package.json',
    ])
    expect(around.get('../../yarn.lock')).toBe('')
  })

  it('begins where its .git is', () => {
    const root = folderWith({ ...API, '.gitignore': '.env\n' })
    mkdirSync(join(root, '.git'))

    expect([...readSurroundings(join(root, 'apps/api')).keys()]).toEqual(['../../.gitignore'])
  })

  it('is nothing for an app that is a repository itself', () => {
    const root = folderWith(WORKSPACE)
    mkdirSync(join(root, 'apps/api/.git'))

    expect(readSurroundings(join(root, 'apps/api')).size).toBe(0)
  })

  it('is nothing without a sign of a repository, whatever lies above', () => {
    const root = folderWith({ ...API, 'package.json': '{}' })

    expect(readSurroundings(join(root, 'apps/api')).size).toBe(0)
  })
})

describe('whoever is at the top of a repository', () => {
  const said: string[] = []
  const stderr = { write: (text: string) => said.push(text) }

  it('is told in which folder the app is', async () => {
    const root = folderWith(WORKSPACE)

    expect(await findApp(root, stderr)).toBe(join(root, 'apps/api'))
    expect(said.splice(0)).toEqual(['The Fastify app of this repository is in apps/api.\n'])
  })

  it('stays there where auth was written before, or where the app is', async () => {
    const scaffolded = folderWith({ ...WORKSPACE, '.create-auth/record.json': '{}' })
    const inside = join(folderWith(WORKSPACE), 'apps/api')

    expect(await findApp(scaffolded, stderr)).toBe(scaffolded)
    expect(await findApp(inside, stderr)).toBe(inside)
    expect(said).toEqual([])
  })
})

import { expect, test } from 'vitest'
import { registerPlugin } from '../../../src/core/edits/import-and-register.js'

function importsOf(text: string, folder = './'): string[] {
  const edit = registerPlugin(`${text}\n\nconst app = fastify()\nawait app.register(cookie)\n`, {
    path: 'src/app.ts',
    instance: 'app',
    importName: 'users',
    importFrom: `${folder}plugins/users`,
    importDefault: true,
    imports: [{ name: 'prisma', from: `${folder}lib/prisma` }],
    argument: '{ prisma }',
    after: [],
  })
  if (edit.kind !== 'done') throw new Error(edit.kind)

  return edit.text.split('\n').filter((line) => line.startsWith('import'))
}

const OURS = [`import { prisma } from './lib/prisma'`, `import users from './plugins/users'`]
const PACKAGES = [`import cookie from '@fastify/cookie'`, `import fastify from 'fastify'`]

test('imports go to their place in the alphabet where the owner keeps it', () => {
  const [env, hello] = [`import { env } from './env'`, `import hello from './routes/hello'`]

  expect(importsOf([...PACKAGES, env, hello].join('\n'))).toEqual([
    ...[...PACKAGES, env],
    ...[...OURS, hello],
  ])
})

test('they go to the end where there is no order, or one is there for what it does', () => {
  const unsorted = [`import hello from './routes/hello'`, `import { env } from './env'`]
  const first = [`import './tracing'`, `import hello from './zebra/hello'`]

  for (const siblings of [unsorted, first, [`import { env } from './env'`]]) {
    const imports = importsOf([...PACKAGES, ...siblings].join('\n'))

    expect(imports.slice(0, -2)).toEqual([...PACKAGES, ...siblings])
    expect(imports.slice(-2).toSorted()).toEqual(OURS.toSorted())
  }
})

test('what is there for what it does stays before them, and keeps none from its place', () => {
  const first = `import 'reflect-metadata'`
  const [env, hello] = [`import { env } from './env'`, `import hello from './routes/hello'`]

  expect(importsOf([first, ...PACKAGES, env, hello].join('\n'))).toEqual([
    ...[first, ...PACKAGES, env],
    ...[...OURS, hello],
  ])
})

test('one from the folder above comes before those beside it, where these are in order', () => {
  const [handler, hello] = [`import { handler } from './handler'`, `import hello from './hello'`]
  const above = OURS.map((line) => line.replace('./', '../'))

  expect(importsOf([...PACKAGES, '', handler, hello].join('\n'), '../')).toEqual([
    ...PACKAGES,
    ...above,
    ...[handler, hello],
  ])
  expect(
    importsOf([...PACKAGES, hello, handler].join('\n'), '../')
      .slice(-2)
      .toSorted(),
  ).toEqual(above.toSorted())
})

// The app that the command writes, built, with one guarded route of its owner's.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from './measured.js'

const { buildApp } = await load('dist/app.js')
const { requireAuthenticatedUser } = await load('dist/plugins/user-auth.js')

const app = await buildApp()

app.get('/me', { onRequest: requireAuthenticatedUser }, async ({ currentScope }) => {
  const { id, email } = currentScope.user

  return { id, email }
})

await serve(app)

function load(path) {
  return import(pathToFileURL(join(process.cwd(), path)).href)
}

// @ts-check
// Formats texts with the Prettier that the app in this folder has, in a process of its own: it is
// the app's code, and so are its configuration and its plugins. Reads [{ path, text }] from stdin
// and answers on the third stream, where nothing that they print gets in between.
import { readFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = process.cwd()
const { default: prettier } = await import(
  pathToFileURL(createRequire(join(root, 'package.json')).resolve('prettier')).href
)

/**
 * @param {{ path: string, text: string }} draft
 * @returns {Promise<string | null>} null where Prettier would leave the file alone, or cannot read it
 */
async function format({ path, text }) {
  const filepath = join(root, path)
  try {
    const options = { ignorePath: join(root, '.prettierignore') }
    const { ignored, inferredParser } = await prettier.getFileInfo(filepath, options)
    if (ignored || inferredParser === null) return null
    const config = await prettier.resolveConfig(filepath, { editorconfig: true })

    return await prettier.format(text, { ...config, filepath })
  } catch {
    return null
  }
}

const answers = []
for (const draft of JSON.parse(readFileSync(0, 'utf8'))) answers.push(await format(draft))
writeSync(3, JSON.stringify(answers))

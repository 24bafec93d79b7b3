// @ts-check
// Formats texts with the Prettier that the app in this folder has, in a process of its own: it is
// the app's code, and so are its configuration and its plugins. Where its ESLint wants imports in an
// order, they come in that one. Reads [{ path, text }] from stdin and answers on the third stream,
// where nothing that they print gets in between.
import { readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import { createSorter, load, readLinter, readOptions } from './linter-of-app.js'

const root = process.cwd()
// Before any code of the app runs: once that looks at stdin, nobody waits for the rest of it here.
/** @type {{ path: string, text: string }[]} */
const drafts = JSON.parse(readFileSync(0, 'utf8'))
const { default: prettier } = await load('prettier')

/**
 * @param {{ path: string, text: string }} draft
 * @returns {Promise<string | null>} null where Prettier would leave the file alone, or cannot read it
 */
async function format({ path, text }) {
  const filepath = join(root, path)
  try {
    const ignorePath = join(root, '.prettierignore')
    const { ignored, inferredParser } = await prettier.getFileInfo(filepath, { ignorePath })
    if (ignored || inferredParser === null) return null
    const config = await prettier.resolveConfig(filepath, { editorconfig: true })
    const sorted = sorter !== null && IS_CODE.test(path) ? await sorter(text, filepath) : text

    return await prettier.format(sorted, { ...config, ...options, filepath })
  } catch {
    return null
  }
}

/**
 * However much it is, and however slowly it is read.
 *
 * @param {string} text
 */
function answer(text) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(3, bytes, at)
}

const IS_CODE = /\.[cm]?[jt]s$/
const code = drafts.find(({ path }) => IS_CODE.test(path))
const linter = code === undefined ? null : await readLinter(code.path)
const options = linter === null ? null : readOptions(linter.rules)
const sorter = linter === null ? null : createSorter(linter)
const answers = []
if (options !== null || !process.argv.includes('--as-rule')) {
  for (const draft of drafts) answers.push(await format(draft))
}
answer(JSON.stringify(answers))

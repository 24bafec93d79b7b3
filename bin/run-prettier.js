// @ts-check
// Formats texts with the Prettier that the app in this folder has, in a process of its own: it is
// the app's code, and so are its configuration and its plugins. Reads [{ path, text }] from stdin
// and answers on the third stream, where nothing that they print gets in between.
import { readFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = process.cwd()
const { default: prettier } = await load('prettier')

/** @param {string} name */
function load(name) {
  return import(pathToFileURL(createRequire(join(root, 'package.json')).resolve(name)).href)
}

/**
 * Prettier may be a rule of ESLint's, whose options count more than those of a file.
 *
 * @param {string} path
 * @returns {Promise<object | null>} null where there is no such rule
 */
async function readRule(path) {
  try {
    const { default: eslint } = await load('eslint')
    const ESLint = eslint.loadESLint ? await eslint.loadESLint() : eslint.ESLint
    const config = await new ESLint({ cwd: root }).calculateConfigForFile(join(root, path))
    const [severity, options = {}] = [config.rules['prettier/prettier'] ?? 'off'].flat()

    return severity === 'off' || severity === 0 ? null : options
  } catch {
    return null
  }
}

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

    return await prettier.format(text, { ...config, ...rule, filepath })
  } catch {
    return null
  }
}

/** @type {{ path: string, text: string }[]} */
const drafts = JSON.parse(readFileSync(0, 'utf8'))
const code = drafts.find(({ path }) => /\.[cm]?[jt]s$/.test(path))
const rule = code === undefined ? null : await readRule(code.path)
const answers = []
if (rule !== null || !process.argv.includes('--as-rule')) {
  for (const draft of drafts) answers.push(await format(draft))
}
writeSync(3, JSON.stringify(answers))

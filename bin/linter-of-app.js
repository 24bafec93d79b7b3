// @ts-check
// What the ESLint of the app in this folder wants of generated code, besides what Prettier does.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = process.cwd()

/**
 * A package as the app finds it.
 *
 * @param {string} name
 */
export function load(name) {
  return import(pathToFileURL(createRequire(join(root, 'package.json')).resolve(name)).href)
}

/** @typedef {Record<string, unknown[] | string | number>} Rules */

/**
 * @param {string} path
 * @returns {Promise<{ ESLint: any, rules: Rules } | null>} null where there is no ESLint
 */
export async function readLinter(path) {
  try {
    const { default: eslint } = await load('eslint')
    const ESLint = eslint.loadESLint ? await eslint.loadESLint() : eslint.ESLint
    const { rules = {} } = await new ESLint({ cwd: root }).calculateConfigForFile(join(root, path))

    return { ESLint, rules }
  } catch {
    return null
  }
}

/** @param {Rules[string]} rule */
function isOn(rule) {
  const [severity] = [rule].flat()

  return severity !== 'off' && severity !== 0
}

/**
 * Prettier may be a rule of ESLint's, whose options count more than those of a file.
 *
 * @param {Rules} rules
 * @returns {object | null} null where there is no such rule
 */
export function readOptions({ 'prettier/prettier': rule = 'off' }) {
  const [, options = {}] = [rule].flat()

  return isOn(rule) ? Object(options) : null
}

const ORDERS_IMPORTS =
  /^(?:simple-import-sort\/.+|import(?:-x)?\/order|perfectionist\/sort-imports)$/

/**
 * Puts imports in the app's order.
 *
 * @param {{ ESLint: any, rules: Rules }} linter
 * @returns {((text: string, file: string) => Promise<string>) | null} null where it has no order
 */
export function createSorter(linter) {
  const names = Object.keys(linter.rules).filter((name) => isOn(linter.rules[name] ?? 'off'))
  if (!names.some((name) => ORDERS_IMPORTS.test(name))) return null
  const others = names.filter((name) => !ORDERS_IMPORTS.test(name))
  const eslint = withoutRules(linter, others)

  return async (text, filePath) => {
    try {
      const [result] = await eslint.lintText(text, { filePath })

      return result?.output ?? text
    } catch {
      return text
    }
  }
}

/**
 * Other rules may ask for types, which a file that is not written yet has none of.
 *
 * @param {{ ESLint: any }} linter
 * @param {string[]} names
 */
function withoutRules({ ESLint }, names) {
  const parserOptions = { project: null, projectService: false }
  const isFlat = ESLint.configType === 'flat'

  return new ESLint({
    cwd: root,
    fix: (/** @type {{ ruleId: string | null }} */ { ruleId }) => ORDERS_IMPORTS.test(ruleId ?? ''),
    overrideConfig: {
      rules: Object.fromEntries(names.map((name) => [name, 'off'])),
      ...(isFlat ? { languageOptions: { parserOptions } } : { parserOptions }),
    },
  })
}

// @ts-check
// Reads the arguments of the Prisma CLI, which changed between versions:
//   7  --datamodels a.prisma --datamodels b.prisma --datasource {"url":"…"}
//   7  --datasource {"url":"…"} cli can-connect-to-database
//   6  cli --datasource file:./dev.db can-connect-to-database
//   5  -d a.prisma -d b.prisma

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

/**
 * @typedef {{ path: string, content: string }} SchemaFile
 * @typedef {{ command: string | undefined, url: string | undefined, schemaFiles: SchemaFile[] }} CommandLine
 */

/**
 * @param {string[]} argv
 * @returns {CommandLine}
 */
export function parseCommandLine(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    // Flags that do not matter here, such as --extension-types, become positionals and are skipped.
    strict: false,
    allowPositionals: true,
    options: {
      datasource: { type: 'string' },
      datamodels: { type: 'string', multiple: true, short: 'd' },
      version: { type: 'boolean' },
    },
  })
  const paths = /** @type {string[]} */ (values.datamodels ?? [])

  return {
    command: values.version ? 'version' : commandIn(positionals),
    url: typeof values.datasource === 'string' ? readUrl(values.datasource) : undefined,
    schemaFiles: paths.map((path) => ({ path, content: readFileSync(path, 'utf8') })),
  }
}

/**
 * @param {string[]} positionals
 * @returns {string | undefined}
 */
function commandIn([group, command]) {
  return group === 'cli' ? command : undefined
}

/**
 * @param {string} datasource
 * @returns {string | undefined}
 */
function readUrl(datasource) {
  if (!datasource.startsWith('{')) return datasource
  const { directUrl, url } = JSON.parse(datasource)

  return directUrl || url
}

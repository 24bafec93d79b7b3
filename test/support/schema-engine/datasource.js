// @ts-check
// Finds out which database a request is about: from the command line (Prisma 7), or from the
// datasource block of the schema, where Prisma 6 keeps the address.

import { EngineError } from './engine-error.js'

/**
 * @typedef {import('./command-line.js').SchemaFile} SchemaFile
 * @typedef {{ url: string, directory: string }} Datasource  directory: what a relative file is relative to
 */

const DATASOURCE = /^[ \t]*datasource\s+\w+\s*\{[^}]*\}/m
const ADDRESS = /^[ \t]*(url|directUrl|shadowDatabaseUrl)[ \t]*=[ \t]*(.*)$/gm

/**
 * @param {{ url?: string | undefined, schemaFiles?: SchemaFile[], directory?: string | undefined }} source
 * @returns {Datasource}
 */
export function findDatasource({ url, schemaFiles = [], directory = process.cwd() }) {
  const found = url ?? findUrl(schemaFiles)
  if (!found) throw new EngineError('P1013', 'The database address is missing.')

  return { url: found, directory }
}

/**
 * @param {SchemaFile[]} schemaFiles
 * @returns {string | undefined}
 */
export function findProvider(schemaFiles) {
  for (const { content } of schemaFiles) {
    const provider = content.match(DATASOURCE)?.[0].match(/^[ \t]*provider\s*=\s*"(\w+)"/m)
    if (provider) return provider[1]
  }

  return undefined
}

/**
 * Prisma 7's engine, which serves Prisma 6 here too, refuses a schema that names an address.
 * The lines stay, empty, so that messages point to the right one.
 *
 * @template Value
 * @param {Value} value  the parameters of a call, with schema files anywhere inside
 * @returns {Value}
 */
export function withoutAddresses(value) {
  return JSON.parse(JSON.stringify(value), (key, part) => {
    return key === 'content' && typeof part === 'string' ? withoutAddress(part) : part
  })
}

/** @param {string} schema */
export function withoutAddress(schema) {
  return schema.replace(DATASOURCE, (block) => block.replace(ADDRESS, ''))
}

/**
 * @param {SchemaFile[]} schemaFiles
 * @returns {string | undefined}
 */
function findUrl(schemaFiles) {
  const block = schemaFiles.map(({ content }) => content.match(DATASOURCE)?.[0]).find(Boolean)
  const lines = [...(block ?? '').matchAll(ADDRESS)]
  const addresses = new Map(lines.map(([, name, value]) => [name, readAddress(value ?? '')]))

  return addresses.get('directUrl') || addresses.get('url')
}

/**
 * @param {string} value  env("NAME") or "address"
 * @returns {string | undefined}
 */
function readAddress(value) {
  const variable = value.match(/^env\(\s*"([^"]+)"\s*\)/)
  if (variable) return process.env[variable[1] ?? '']

  return value.match(/^"([^"]*)"/)?.[1]
}

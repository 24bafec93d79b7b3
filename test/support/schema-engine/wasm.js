// @ts-check
// Loads Prisma's engine and starts it on a database.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { withoutAddress } from './datasource.js'
import { EngineError } from './engine-error.js'

/**
 * @typedef {import('@prisma/schema-engine-wasm/schema_engine_bg').SchemaEngine} SchemaEngine
 * @typedef {import('./command-line.js').SchemaFile} SchemaFile
 * @typedef {import('./database.js').AdapterFactory} AdapterFactory
 */

/** @type {Promise<void> | undefined} */
let loading

/**
 * @param {AdapterFactory} factory
 * @param {SchemaFile[]} schemaFiles
 * @returns {Promise<SchemaEngine>}
 */
export async function startEngine(factory, schemaFiles) {
  loading ??= load()
  await loading
  return bindings.SchemaEngine.new(
    { datamodels: schemaFiles.length > 0 ? schemaFiles.map(asPair) : undefined },
    ignoreLog,
    bindMigrationAwareSqlAdapterFactory(factory),
  )
}

// The package's main file imports the WebAssembly file as a module, which Node 20 does not do.
async function load() {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const code = await readFile(path.replace(/\.js$/, '.wasm'))
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: panic } })

  const { instance } = await WebAssembly.instantiate(code, {
    './schema_engine_bg.js': /** @type {WebAssembly.ModuleImports} */ ({ ...bindings }),
  })
  const start = /** @type {() => void} */ (instance.exports.__wbindgen_start)

  bindings.__wbg_set_wasm(instance.exports)
  start()
}

/**
 * @param {SchemaFile} file
 * @returns {[string, string]}
 */
function asPair({ path, content }) {
  return [path, withoutAddress(content)]
}

/**
 * The engine calls this before it traps. The trap itself would say no more than "unreachable".
 *
 * @param {string} message
 */
function panic(message) {
  throw new EngineError(undefined, message)
}

function ignoreLog() {}

// @ts-check
// What the Prisma CLI needs in its environment to work with the stand-in and without the network.

import { fileURLToPath } from 'node:url'

/**
 * Somebody who chose an engine keeps it.
 *
 * @param {Record<string, string | undefined>} [env]
 * @returns {Record<string, string>}
 */
export function engineEnvironment(env = process.env) {
  return { ...QUIET, ...(env.PRISMA_SCHEMA_ENGINE_BINARY ? {} : chooseEngine(env)) }
}

const QUIET = { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' }

/** @param {Record<string, string | undefined>} env */
function chooseEngine(env) {
  return {
    PRISMA_SCHEMA_ENGINE_BINARY: pathOf('engine.js'),
    // Only Prisma 6 and older look for this one.
    PRISMA_QUERY_ENGINE_LIBRARY: env.PRISMA_QUERY_ENGINE_LIBRARY ?? pathOf('no-query-engine.js'),
  }
}

/** @param {string} file */
function pathOf(file) {
  return fileURLToPath(new URL(file, import.meta.url))
}

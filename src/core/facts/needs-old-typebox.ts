import type { Facts } from './facts.js'

/**
 * TypeBox is ES modules only since 1.0. Plugins for Fastify 4 do not know it, and Jest cannot load
 * it: the owner's own tests would end at the import.
 */
export function needsOldTypebox({ fastify, tests }: Facts): boolean {
  return fastify.major === 4 || tests.other === 'jest'
}

import { specifierOf } from '../edits/specifier.js'
import type { Facts } from '../facts/facts.js'
import { findWay, TEST_APP } from './own-client.js'

/** Our tests ask the database, also in an app whose own tests all have a stand-in for its client. */
export function withoutStandIn(
  template: string,
  text: string,
  path: string,
  { facts }: { facts: Facts },
): string {
  const file = template === TEST_APP ? findWay(facts)?.file : undefined
  if (file === undefined || !facts.tests.standIns.includes(file)) return text
  const specifier = specifierOf(file, path, facts.importSuffix)

  return text
    .replace(/^import Fastify[^\n]*\n/m, (line) => `${line}import { vi } from 'vitest'\n`)
    .replace(
      /^export type TestAppOptions/m,
      (start) =>
        `// Other tests of this app have a stand-in for it.\nvi.unmock('${specifier}')\n\n${start}`,
    )
}

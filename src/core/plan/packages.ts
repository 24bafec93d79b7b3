import { parseJson } from '../edits/commonjs.js'
import type { PackageAdditions } from '../edits/package-json.js'
import type { Facts } from '../facts/facts.js'
import { needsOldTypebox } from '../facts/needs-old-typebox.js'
import type { Plan } from './plan.js'

/**
 * A package.json for each major of Fastify, with packages that tests run together: plugins are
 * for one major alone. One more for apps that Jest tests.
 */
export type TestedPackages = Readonly<Record<Facts['fastify']['major'] | 'jest', string>>

export function testedWith(facts: Facts, tested: TestedPackages): string {
  const { major } = facts.fastify

  return tested[major === 5 && needsOldTypebox(facts) ? 'jest' : major]
}

type Sections = {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

/** What the template asks for, in versions that were tested. */
export function packagesToAdd(
  fragment: string,
  example: string,
  { types }: { types: boolean },
): PackageAdditions {
  const { scripts } = readObject(fragment)
  const { dependencies, devDependencies } = sectionsIn(fragment)
  const versions = versionsIn(example)
  const pinned = (packages: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(packages)
        .filter(([name]) => types || !name.startsWith('@types/'))
        .map(([name, range]) => [name, versions.get(name) ?? range]),
    )

  return {
    dependencies: pinned(dependencies),
    devDependencies: pinned(devDependencies),
    scripts: stringsIn(scripts),
  }
}

/** The ranges of a package.json, by package. */
export function versionsIn(text: string): ReadonlyMap<string, string> {
  const { dependencies, devDependencies } = sectionsIn(text)

  return new Map([...Object.entries(devDependencies), ...Object.entries(dependencies)])
}

/** The packages that one package.json has and an earlier one has not. */
export function packagesAdded(before: string, after: string): Plan['packages'] {
  const known = versionsIn(before)
  const { dependencies, devDependencies } = sectionsIn(after)
  const added = (packages: Record<string, string>) =>
    Object.fromEntries(Object.entries(packages).filter(([name]) => !known.has(name)))

  return { dependencies: added(dependencies), devDependencies: added(devDependencies) }
}

function sectionsIn(text: string): Sections {
  const { dependencies, devDependencies } = readObject(text)

  return { dependencies: stringsIn(dependencies), devDependencies: stringsIn(devDependencies) }
}

/** A template's last entry may end with a comma. */
function readObject(text: string): { [key: string]: unknown } {
  const value: unknown = parseJson(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true })

  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function stringsIn(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}

  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}

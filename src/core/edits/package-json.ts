import type { Edit } from './edit.js'
import { addToJson, type JsonAddition, memberOf, readJson } from './json-keys.js'
import { startOf } from './whitespace.js'

/** What an app's package.json should have; what it has already wins. */
export type PackageAdditions = {
  dependencies?: Readonly<Record<string, string>>
  devDependencies?: Readonly<Record<string, string>>
  scripts?: Readonly<Record<string, string>>
}

/** Adds packages and scripts that are missing, packages sorted as npm sorts them. */
export function addToPackageJson(
  text: string,
  { dependencies = {}, devDependencies = {}, scripts = {} }: PackageAdditions,
  path = 'package.json',
): Edit {
  const present = presentIn(text, path)
  const additions: JsonAddition[] = [
    { at: ['scripts'], values: scripts },
    { at: ['dependencies'], values: missingAtRunTime(dependencies, present), follow: inOrder },
    { at: ['devDependencies'], values: missing(devDependencies, present), follow: inOrder },
  ]

  return addToJson(
    text,
    { path },
    additions.filter(({ values }) => Object.keys(values).length > 0),
  )
}

type Present = { everywhere: ReadonlyMap<string, string>; atRunTime: ReadonlyMap<string, string> }

const AT_RUN_TIME = ['dependencies', 'optionalDependencies', 'peerDependencies']

function presentIn(text: string, path: string): Present {
  const root = readJson(text.slice(startOf(text)), { path })
  const rangesIn = (section: string): [string, string][] => {
    const object = root && memberOf(root, section)
    const properties = object?.type === 'object' ? (object.children ?? []) : []

    return properties.map(({ children }) => [
      String(children?.[0]?.value),
      String(children?.[1]?.value),
    ])
  }
  const atRunTime = AT_RUN_TIME.flatMap(rangesIn)

  return {
    atRunTime: new Map(atRunTime),
    everywhere: new Map([...rangesIn('devDependencies'), ...atRunTime]),
  }
}

function missing(wanted: Readonly<Record<string, string>>, { everywhere }: Present) {
  return sorted(Object.entries(wanted).filter(([name]) => !everywhere.has(name)))
}

/** A package for development only is not there in production; the owner's range of it stays. */
function missingAtRunTime(wanted: Readonly<Record<string, string>>, present: Present) {
  const names = Object.entries(wanted).filter(([name]) => !present.atRunTime.has(name))

  return sorted(names.map(([name, range]) => [name, present.everywhere.get(name) ?? range]))
}

function sorted(packages: [string, string][]): Record<string, string> {
  return Object.fromEntries(packages.sort(([left], [right]) => left.localeCompare(right, 'en')))
}

function inOrder(keys: readonly string[], name: string): number {
  const next = keys.findIndex((key) => key.localeCompare(name, 'en') > 0)

  return next === -1 ? keys.length - 1 : next - 1
}

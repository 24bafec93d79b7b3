import { versionsIn } from '../plan/packages.js'
import { advice, type Check, type Finding, problem } from './check.js'

/** The generated code was tested with certain versions; another major is another package. */
export const packages: Check = {
  name: 'packages',
  healthy: 'the packages that the log-in needs are there, in versions it was tested with',
  examine: ({ project, needed, installed, facts }) => {
    const asked = versionsIn(project.get('package.json') ?? '')

    return [...needed].flatMap(([name, range]) => {
      const versions = { asked: asked.get(name), installed: installed.get(name) }

      return examinePackage({ name, range, ...versions }, ADD[facts.packageManager])
    })
  },
}

type Versions = {
  name: string
  range: string
  asked: string | undefined
  installed: string | undefined
}

function examinePackage({ name, range, asked, installed }: Versions, add: string): Finding[] {
  const fix = `${add} ${name}@${range}`
  if (asked === undefined) return [problem(`package.json does not ask for ${name}.`, fix)]
  const found = installed ?? asked
  const fits = installed === undefined ? mayBeWithin(asked, range) : isWithin(installed, range)
  if (fits) return []

  return [
    advice(
      `${name} is ${found} here, and the log-in was tested with ${range}.`,
      `${fix}, unless its tests pass with yours`,
    ),
  ]
}

const ADD = { npm: 'npm install', pnpm: 'pnpm add', yarn: 'yarn add', bun: 'bun add' }

/** `^11.0.2` takes 11.0.2 and what comes after it, up to 12; before 1.0 the minor says it. */
function isWithin(version: string, range: string): boolean {
  const [found, least] = [numbersIn(version), numbersIn(range)]
  const fixed = least[0] === 0 ? 2 : 1
  if (found.slice(0, fixed).join('.') !== least.slice(0, fixed).join('.')) return false
  const index = [0, 1, 2].find((place) => found[place] !== least[place])

  return index === undefined || (found[index] ?? 0) > (least[index] ?? 0)
}

/** A range of the app's that is no plain version says nothing. */
function mayBeWithin(asked: string, range: string): boolean {
  if (!/^[\^~]?\d/.test(asked)) return true
  const fixed = numbersIn(range)[0] === 0 ? 2 : 1
  const [theirs, ours] = [numbersIn(asked), numbersIn(range)]

  return theirs.slice(0, fixed).join('.') === ours.slice(0, fixed).join('.')
}

function numbersIn(version: string): number[] {
  return (/\d+(?:\.\d+){0,2}/.exec(version)?.[0] ?? '0').split('.').map(Number)
}

import { type Place, printPlace } from '../facts/present/place.js'
import type { OtherAuth } from '../facts/present/read-auth.js'
import type { Present } from '../facts/present/read-present.js'
import type { AppRoute } from '../facts/present/read-routes.js'
import { casings, type Names } from '../names/names.js'
import { defaultPrefix, movePaths } from '../names/prefix.js'
import { Problem } from '../problem.js'
import { rename } from '../render/rename.js'

export type Wanted = {
  names: Names
  /** As somebody asked for it; null when nobody did. */
  prefix: string | null
  /** The routes that will be there, under the prefix that goes without saying. */
  routes: readonly { method: string; path: string }[]
  /** Which of the plugins that there can be only one of are ours to register. */
  registers: readonly string[]
}

/** Where the log-in goes, and what the person is told about it. */
export type Placing = { prefix: string; notices: string[] }

/**
 * Beside what the app has, or nowhere. Nothing of the app's own is moved: where a route is taken,
 * ours begin somewhere else; where two things would need one name, nothing is written.
 */
export function placeBeside(wanted: Wanted, present: Present): Placing {
  refuseTakenName(wanted, present)
  refuseSecondSession(wanted, present)
  const usual = defaultPrefix(wanted.names)
  const clash = firstClash(wanted, present, wanted.prefix ?? usual)
  if (clash === null) return noted(wanted.prefix ?? usual, present, [])
  if (wanted.prefix !== null) throw takenRoute(clash)
  const prefix = freePrefixes(wanted.names).find(
    (candidate) => firstClash(wanted, present, candidate) === null,
  )
  if (prefix === undefined) throw takenRoute(clash)

  return noted(prefix, present, [
    `The routes begin with ${prefix}, because this app answers ${printRoute(clash)} itself (${printPlace(clash)}). --prefix chooses another place.`,
  ])
}

function freePrefixes(names: Names): string[] {
  const { context, plural } = casings(names)

  return ['/auth', `/${context.kebab}`, `/${plural.kebab}-auth`]
}

function noted(prefix: string, { auth }: Present, notices: string[]): Placing {
  return { prefix, notices: [...foundAuth(auth, prefix), ...notices] }
}

/** Two lines: what there is, and what becomes of it. */
function foundAuth(auth: readonly OtherAuth[], prefix: string): string[] {
  if (auth.length === 0) return []

  return [
    `This app logs people in already: ${listed(auth)}.`,
    `All of that stays as it is, and its log-ins are not ours. Ours lies beside it, under ${prefix}; how to move over: docs/existing-auth.md in the repository of create-auth.`,
  ]
}

/** One entry for each way to log in, with the first place it is seen at. */
function listed(auth: readonly OtherAuth[]): string {
  const ways = new Map<string, OtherAuth[]>()
  for (const each of auth) ways.set(each.name, [...(ways.get(each.name) ?? []), each])

  return [...ways.values()].map(describe).join(', ')
}

function describe(same: readonly OtherAuth[]): string {
  const [first] = same
  if (first === undefined) return ''
  const what = [...new Set(same.map((each) => each.with))].join(', ')
  const models = same.length > 1 ? 'the models' : 'the model'
  const how = first.name === 'a table' ? `${models} ${what}` : `${first.name} with ${what}`

  return `${how} (${printPlace(first)})`
}

function firstClash({ names, routes }: Wanted, present: Present, prefix: string): AppRoute | null {
  const usual = defaultPrefix(names)
  const moved = routes.map(({ method, path }) => ({ method, path: movePaths(path, usual, prefix) }))
  // `/api/auth/*` of another log-in is a place that is taken as a whole.
  const whole = present.routes.find(({ path }) => flat(path) === `${flat(prefix)}/*`)

  return whole ?? clashBeside(moved, present)
}

/** The first route of the app that stands where one of ours is to be. */
export function clashBeside(
  ours: readonly { method: string; path: string }[],
  { routes }: Pick<Present, 'routes'>,
): AppRoute | null {
  const taken = new Set(
    ours.flatMap(({ method, path }) => [`${method} ${flat(path)}`, `* ${flat(path)}`]),
  )

  return routes.find(({ method, path }) => taken.has(`${method} ${flat(path)}`)) ?? null
}

/** Two routes are one to the router when only their parameters' names differ; an app may ignore case. */
function flat(path: string): string {
  return path
    .replace(/:[^/]+/g, ':')
    .replace(/(?<=.)\/$/, '')
    .toLowerCase()
}

function printRoute({ method, path }: AppRoute): string {
  return `${method === '*' ? 'every method of' : method} ${path}`
}

function takenRoute(clash: AppRoute): Problem {
  return new Problem(
    `This app answers ${printRoute(clash)} itself (${printPlace(clash)}), and a route can be there only once.`,
    'Choose a place that is free, as in create-auth scaffold --prefix /account.',
  )
}

/** What the generated code puts on the instance and the request, in the words of the templates. */
const OURS = ['userAuth', 'userFlash', 'userPage', 'userPageAsync', 'currentScope']

function refuseTakenName({ names }: Wanted, { decorations }: Present): void {
  const ours = new Set(OURS.map((name) => rename(name, names)))
  const taken = decorations.find(({ name }) => ours.has(name))
  if (taken === undefined) return

  throw new Problem(
    `This app decorates ${taken.name} itself (${printPlace(taken)}), and so would the log-in.`,
    'Rename that one and run this again.',
  )
}

const OTHER_SESSIONS = [
  '@fastify/secure-session',
  'fastify-secure-session',
  '@mgcrea/fastify-session',
]

/** `request.session` and the cookie parser can be there once, whatever scope they are in. */
function refuseSecondSession({ registers }: Wanted, { singletons, cookies }: Present): void {
  if (!registers.includes('@fastify/session')) return
  refuseSecondCookie(cookies)
  for (const module of OTHER_SESSIONS) {
    const found = singletons.get(module)
    if (found === undefined || (found.name !== null && found.name !== 'session')) continue

    if (module === '@fastify/secure-session') refuseHidden(module, found)
    throw new Problem(
      `request.session belongs to ${module} here (${printPlace(found)}), and the log-in keeps its own sessions there.`,
      'Move that one to @fastify/session, which the log-in can share, and run this again.',
    )
  }
  for (const module of registers) refuseHidden(module, singletons.get(module))
}

/** In production ours is `__Host-session`; while developing the two would overwrite each other. */
function refuseSecondCookie(cookies: Present['cookies']): void {
  const taken = cookies.find(({ name }) => name === 'session')
  if (taken === undefined) return

  throw new Problem(
    `This app has a cookie called session itself (${printPlace(taken)}), and so has the log-in while developing.`,
    'Give that one another name, and run this again.',
  )
}

function refuseHidden(module: string, found: (Place & { isShared: boolean }) | undefined): void {
  if (found === undefined || found.isShared) return

  throw new Problem(
    `${printPlace(found)} registers ${module} for a part of the app, and the log-in needs it for all of it.`,
    'Move that line to where the app is put together, before its routes, and run this again.',
  )
}

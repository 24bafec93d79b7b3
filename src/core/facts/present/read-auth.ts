import type { Node } from '@babel/types'
import { type Import, importsOf } from '../../edits/imports.js'
import type { Source } from '../../edits/source.js'
import { descend, isCall, methodOf, startOfNode } from '../../edits/syntax-tree.js'
import type { ModelFacts } from '../facts.js'
import type { Sources } from '../sources.js'
import { KNOWN_AUTH, WHO_SOMEBODY_IS } from './known-auth.js'
import { lineAt, type Place, placeOf } from './place.js'

/** A way to log in that an app has already: `JSON web tokens`, with `@fastify/jwt`, and where. */
export type OtherAuth = Place & {
  name: string
  /** The package it is done with, or the model that holds it. */
  with: string
}

/** Every way to log in that the app's own code shows, each with the first place it is seen at. */
export function readAuth(
  sources: Sources,
  models: ReadonlyMap<string, ModelFacts>,
  ownModels: ReadonlySet<string>,
): OtherAuth[] {
  const inCode = sources.paths
    .filter((path) => MENTIONS.test(sources.textOf(path)))
    .flatMap((path) => {
      const source = sources.read(path)

      return source === null ? [] : authIn(source)
    })
  const inTables = [...models.values()]
    .filter((model) => !ownModels.has(model.name) && holdsLogIns(model, models))
    .map((model) => tableOf(model, sources))
  const found = new Map<string, OtherAuth>()
  for (const auth of [...inCode, ...inTables]) {
    const key = `${auth.name} ${auth.with}`
    if (!found.has(key)) found.set(key, auth)
  }

  return [...found.values()].sort((one, other) => rankOf(one) - rankOf(other))
}

const NAMES = [...new Set(KNOWN_AUTH.map(({ name }) => name)), 'sessions', 'a table']

function rankOf({ name }: OtherAuth): number {
  return NAMES.indexOf(name)
}

/** Parsing a whole app takes seconds; a file that names none of these has nothing to say. */
const MENTIONS =
  /['"](?:@fastify\/(?:jwt|oauth2|passport|basic-auth|bearer-auth)|@auth|@clerk|@supabase|@workos|@aws-sdk|@node-rs|better-auth|next-auth|authey|lucia|passport|fastify-|auth0|express-oauth2|keycloak|nest-keycloak|supertokens|aws-jwt|firebase-admin|jsonwebtoken|fast-jwt|jose|arctic|openid-client|simple-oauth2|grant|google-auth|bcrypt|argon2|oslo|https:[^'"]*oauth)|`https:[^`]*oauth|\.\s*session\b/

function authIn(source: Source): OtherAuth[] {
  const imports = importsOf(source.program)
  const used = usedNames(source, imports)
  const packages = KNOWN_AUTH.flatMap(({ name, modules, uses }) =>
    imports
      .filter(({ module }) => modules.test(module))
      .filter(() => uses === undefined || [...used].some((each) => uses.test(each)))
      .slice(0, 1)
      .map(({ module }) => ({ name, with: module, ...importPlace(source, module) })),
  )

  return [...packages, ...addressIn(source), ...sessionIn(source)]
}

/** Hand-written OAuth asks a provider at an address that says so. */
const OAUTH_ADDRESS =
  /^https:\/\/(?:[\w.-]*\boauth2?\.([\w.-]+)|([\w.-]+)\/(?:[\w.-]+\/)*oauth2?\/)/

function addressIn(source: Source): OtherAuth[] {
  for (const node of descend(source.program)) {
    const text = node.type === 'StringLiteral' ? node.value : quasiOf(node)
    const [, named, host = named] = OAUTH_ADDRESS.exec(text) ?? []
    if (host !== undefined) return [{ name: 'OAuth', with: host, ...placeOf(source, node) }]
  }

  return []
}

function quasiOf(node: Node): string {
  return node.type === 'TemplateElement' ? (node.value.cooked ?? '') : ''
}

/** What is called or made in a file: `verify` of `jwt.verify(…)`, `SignJWT` of `new SignJWT(…)`. */
function usedNames({ program }: Source, imports: readonly Import[]): Set<string> {
  const names = new Set(imports.map(({ imported }) => imported))
  for (const node of descend(program)) {
    const method = isCall(node) ? methodOf(node)?.name : undefined
    if (method !== undefined) names.add(method)
  }

  return names
}

function importPlace({ path, text }: Source, module: string): Place {
  const found = new RegExp(`['"]${module.replace(/[/.]/g, '\\$&')}['"]`).exec(text)

  return { file: path, line: lineAt(text, found?.index ?? 0) }
}

/** `request.session.userId = …` and `request.session.set('userId', …)`. */
function sessionIn(source: Source): OtherAuth[] {
  for (const node of descend(source.program)) {
    const key = keyPutIntoSession(node)
    if (key === null || !WHO_SOMEBODY_IS.test(key)) continue
    const line = lineAt(source.text, startOfNode(node))

    return [{ name: 'sessions', with: `session.${key}`, file: source.path, line }]
  }

  return []
}

function keyPutIntoSession(node: Node): string | null {
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
    const { object, property } = node.left

    return isSession(object) && property.type === 'Identifier' ? property.name : null
  }
  const method = isCall(node) ? methodOf(node) : null
  if (!isCall(node) || method?.name !== 'set' || !isSession(method.object)) return null
  const [key] = node.arguments

  return key?.type === 'StringLiteral' ? key.value : null
}

function isSession(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'session'
  )
}

/** Belongs to somebody with an email, is found by a secret, and ends: a session or token table. */
function holdsLogIns(model: ModelFacts, models: ReadonlyMap<string, ModelFacts>): boolean {
  const belongs = model.fields.some(({ type }) =>
    models.get(type)?.fields.some(({ name }) => name === 'email'),
  )
  const isFoundBySecret = model.fields.some(
    ({ name, type, unique, id }) =>
      (unique || id) && /^(?:String|Bytes)$/.test(type) && /token|secret|hash/i.test(name),
  )
  const ends = model.fields.some(({ name, type }) => type === 'DateTime' && /expir/i.test(name))

  return belongs && ends && (isFoundBySecret || /session|token/i.test(model.name))
}

function tableOf({ name, file }: ModelFacts, sources: Sources): OtherAuth {
  const text = sources.textOf(file)
  const offset = text.search(new RegExp(`^\\s*model\\s+${name}\\b`, 'm'))

  return { name: 'a table', with: name, file, line: lineAt(text, Math.max(0, offset)) }
}

import type { Function as FunctionNode, Node } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import type { Source } from '../edits/source.js'
import { isCall, loadedModule, methodOf, nameOf, rootOf, unwrap } from '../edits/syntax-tree.js'
import { folderOf, joined } from './paths.js'
import {
  exportedNameOfFunction,
  functionAround,
  parameterNames,
  pathIn,
  propertyOf,
  walk,
} from './syntax.js'

/** A `register(AutoLoad, { dir })`. */
export type AutoloadCall = {
  file: string
  /** The folder from the app's root, null when it cannot be read off. */
  folder: string | null
  instance: string
  /** The function whose parameter the instance is. */
  receiver: FunctionNode | null
  exported: string | null
}

export const MENTIONS_AUTOLOAD = /['"](?:@fastify\/autoload|fastify-autoload)['"]/

export function findAutoloadCalls(source: Source): AutoloadCall[] {
  const { program, path } = source
  const locals = new Set(
    importsOf(program)
      .filter(({ module }) => isAutoload(module))
      .map(({ local }) => local),
  )
  const isLoader = (node: Node | undefined): boolean => {
    const inner = node ? unwrap(node) : null
    if (inner?.type === 'MemberExpression') return isLoader(inner.object)
    if (inner?.type === 'Identifier') return locals.has(inner.name)

    return inner !== null && isAutoload(loadedModule(inner) ?? '')
  }
  const found: AutoloadCall[] = []
  walk(program, (node, around) => {
    if (!isCall(node)) return
    const method = methodOf(node)
    const instance = method?.name === 'register' ? nameOf(rootOf(method.object)) : null
    if (instance === null || !isLoader(node.arguments[0])) return
    const within = functionAround(around)
    const receiver = within && parameterNames(within).includes(instance) ? within : null

    found.push({
      file: path,
      folder: folderIn(source, node.arguments[1]),
      instance,
      receiver,
      exported: receiver && exportedNameOfFunction(program, receiver, around),
    })
  })

  return found
}

/** Which of the folders take plugins, which routes. */
export function foldersOf(calls: readonly AutoloadCall[]): {
  plugins: string | null
  routes: string | null
} {
  const folders = calls.flatMap(({ folder }) => (folder === null ? [] : [folder]))
  const plugins = folders.find((folder) => /(?:^|\/)plugins?(?:\/|$)/.test(folder)) ?? null
  const others = folders.filter(
    (folder) => folder !== plugins && !/(?:^|\/)plugins?(?:\/|$)/.test(folder),
  )

  return { plugins, routes: others.find((folder) => /route/.test(folder)) ?? others[0] ?? null }
}

function folderIn({ program, path }: Source, options: Node | undefined): string | null {
  const directory = propertyOf(options ? unwrap(options) : undefined, 'dir')
  const written = directory && pathIn(program, directory)
  if (!written) return null
  const base = isFromRoot(directory) ? '' : folderOf(path)

  return joined(base, written)
}

function isAutoload(module: string): boolean {
  return module === '@fastify/autoload' || module === 'fastify-autoload'
}

/** `process.cwd()` means the app's root; everything else starts at the file. */
function isFromRoot(directory: Node): boolean {
  let found = false
  walk(directory, (node) => {
    if (isCall(node) && methodOf(node)?.name === 'cwd') found = true
  })

  return found
}

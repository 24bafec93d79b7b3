import type { Function as FunctionNode, Node } from '@babel/types'
import { importsOf } from '../edits/imports.js'
import type { Source } from '../edits/source.js'
import {
  type Call,
  descend,
  isCall,
  loadedModule,
  methodOf,
  nameOf,
  rootOf,
  startOfNode,
  unwrap,
} from '../edits/syntax-tree.js'
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
  /** Where in the file it stands. */
  start: number
  /** Only files with certain names are loaded. */
  isChoosy: boolean
  /** `encapsulate: false`: what its files do, they do to the whole app. */
  isOpen: boolean
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
      start: startOfNode(node),
      isChoosy: CHOICES.some((option) => propertyOf(optionsOf(node), option) !== null),
      isOpen: isFalse(propertyOf(optionsOf(node), 'encapsulate')),
      receiver,
      exported: receiver && exportedNameOfFunction(program, receiver, around),
    })
  })

  return found
}

const CHOICES = ['matchFilter', 'ignoreFilter', 'ignorePattern', 'scriptPattern', 'indexPattern']

function optionsOf(call: Call): Node | undefined {
  const [, options] = call.arguments

  return options ? unwrap(options) : undefined
}

function isFalse(node: Node | null): boolean {
  return node?.type === 'BooleanLiteral' && !node.value
}

/** Which of the folders take plugins, which routes, and which act on the whole app. */
export function foldersOf(calls: readonly AutoloadCall[]): {
  plugins: string | null
  routes: string | null
  open: string[]
} {
  const folders = namesOf(calls)
  const plugins = folders.find((folder) => /(?:^|\/)plugins?(?:\/|$)/.test(folder)) ?? null
  const others = folders.filter(
    (folder) => folder !== plugins && !/(?:^|\/)plugins?(?:\/|$)/.test(folder),
  )

  return {
    plugins,
    routes: others.find((folder) => /route/.test(folder)) ?? others[0] ?? null,
    open: namesOf(calls.filter(({ isOpen }) => isOpen)),
  }
}

function namesOf(calls: readonly AutoloadCall[]): string[] {
  return calls.flatMap(({ folder }) => (folder === null ? [] : [folder]))
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

/**
 * Whether a file of ours in the folder of plugins is loaded for sure, and when what it needs is
 * there: some entries register cookies and sessions behind the folders that load themselves.
 */
export function takesOurs(
  calls: readonly AutoloadCall[],
  folder: string | null,
  entry: Source | null,
): boolean {
  const call = calls.find((each) => each.folder === folder)
  if (!call || call.isChoosy || entry === null || call.file !== entry.path) return false
  const modules = new Map(importsOf(entry.program).map(({ local, module }) => [local, module]))

  return !descend(entry.program).some((node) => {
    if (!isCall(node) || methodOf(node)?.name !== 'register' || startOfNode(node) < call.start) {
      return false
    }
    const [plugin] = node.arguments
    const inner = plugin ? unwrap(plugin) : null
    const module = inner?.type === 'Identifier' ? modules.get(inner.name) : null

    return NEEDED.test(module ?? loadedModule(inner ?? node) ?? '')
  })
}

const NEEDED = /^@fastify\/(?:cookie|session|formbody|view)$/

/** `process.cwd()` means the app's root; everything else starts at the file. */
function isFromRoot(directory: Node): boolean {
  let found = false
  walk(directory, (node) => {
    if (isCall(node) && methodOf(node)?.name === 'cwd') found = true
  })

  return found
}

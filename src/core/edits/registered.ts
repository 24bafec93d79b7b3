import type { Node, Program } from '@babel/types'
import { importsBy, importsOf, isSameModule } from './imports.js'
import type { Registration } from './registration.js'
import { descend, isCall, loadedModule, methodOf, namesIn } from './syntax-tree.js'

/** Imported by us or by the owner, under any name and suffix, and used for something. */
export function isRegistered(
  program: Program,
  { importFrom, importName }: Pick<Registration, 'importFrom' | 'importName'>,
): boolean {
  const locals = importsOf(program)
    .filter(({ module }) => isSameModule(module, importFrom))
    .filter(({ imported }) => [importName, 'default', '*'].includes(imported))
    .map(({ local }) => local)
  const uses = namesIn(
    program,
    (node) =>
      node.type !== 'ImportDeclaration' &&
      !(node.type === 'ExportNamedDeclaration' && !node.declaration) &&
      importsBy(node).length === 0,
  )
  if ([...uses].some(({ name }) => locals.includes(name))) return true

  return descend(program).some(
    (node) =>
      isCall(node) &&
      methodOf(node)?.name === 'register' &&
      node.arguments.some((argument) => loads(argument, importFrom)),
  )
}

function loads(node: Node, importFrom: string): boolean {
  return descend(node).some((inner) => {
    const module = loadedModule(inner)

    return module !== null && isSameModule(module, importFrom)
  })
}

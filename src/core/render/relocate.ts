import { posix } from 'node:path'
import { quoted } from '../edits/source-style.js'
import { specifierOf, withoutExtension } from '../edits/specifier.js'

/** How modules are written in the app that a file goes to. */
export type ModuleStyle = {
  modules: 'esm' | 'cjs'
  /** What relative imports end with. */
  importSuffix: '.js' | '.ts' | ''
}

/** A file that was written for one place and goes to another. */
export type Move = {
  from: string
  to: string
  /** Where a path of the template folder is in the app, or the name of the package that has it. */
  find: (path: string) => string
}

/** Makes a TypeScript file refer to other files by where they are in the app. */
export function relocate(text: string, move: Move, style: ModuleStyle): string {
  const relocated = text
    .replace(
      SPECIFIER,
      (_match, before: string, quote: "'" | '"', specifier: string) =>
        before + quoted(relocateSpecifier(specifier, move, style), quote),
    )
    .replace(VIEW, (_match, quote: "'" | '"', view: string) =>
      quoted(relocateView(view, move), quote),
    )
    .replace(
      BESIDE_FILE,
      (_match, before: string, path: string) => before + quoted(relocatePath(path, move), "'"),
    )

  return style.modules === 'cjs' ? useCommonJsNames(relocated) : relocated
}

/** Whether `find` answered with a package, `@prisma/client`, and not with a path of the app. */
export function isPackage(module: string): boolean {
  return module.startsWith('@') || module.startsWith('#') || !module.includes('/')
}

// After `from`, `import`, `import(` and vitest's `mock(`, nothing but a module's name can stand.
const SPECIFIER = /(\b(?:from|import|mock)\s*\(?\s*)(['"])(\.{1,2}\/[^'"\n]*)\2/g

// `join(import.meta.dirname, '../../src/views')`
const BESIDE_FILE = /(import\.meta\.dirname,\s*)'((?:\.\.\/)+[^'\n]*)'/g

// The name of a page, from the folder of the views: `users/log-in.ejs`.
const VIEW = /(['"])([\w-]+\/[\w./-]+\.ejs)\1/g

const MODULE_EXTENSIONS = new Set(['.js', '.ts'])

function relocateSpecifier(
  specifier: string,
  { from, to, find }: Move,
  style: ModuleStyle,
): string {
  if (!MODULE_EXTENSIONS.has(posix.extname(specifier))) return specifier

  const module = specifier.slice(0, -posix.extname(specifier).length)
  const target = find(posix.join(posix.dirname(from), module))

  return isPackage(target) ? target : specifierOf(target, to, style.importSuffix)
}

function relocateView(view: string, { find }: Move): string {
  return posix.relative(find('src/views'), `${find(`src/views/${withoutExtension(view)}`)}.ejs`)
}

/**
 * Keeps the way that the path takes. One that goes up to the app's root and down again names a
 * file of the sources from a compiled file too; the short way would not.
 */
function relocatePath(path: string, { from, to, find }: Move): string {
  const target = find(posix.join(posix.dirname(from), path))
  const goesThroughRoot = path.split('../').length - 1 === posix.dirname(from).split('/').length
  if (!goesThroughRoot) return posix.relative(posix.dirname(to), target)

  return posix.join(posix.relative(posix.dirname(to), '.'), target)
}

function useCommonJsNames(text: string): string {
  return text
    .replaceAll('import.meta.dirname', '__dirname')
    .replaceAll('import.meta.filename', '__filename')
}

import type { Project } from '../project.js'

/**
 * Whether ESLint's own rule for unused variables is on: it takes the parameters in a type for some,
 * which is why plugins for TypeScript bring another rule, and ask to turn this one off.
 */
export function readUnusedVars(project: Project): boolean {
  return [...project].some(([path, text]) => CONFIG.test(path) && IS_ON.test(text))
}

const CONFIG = /^(?:\.eslintrc(?:\.\w+)?|eslint\.config\.\w+|package\.json)$/
const IS_ON = /(?<=[\s'"{,])no-unused-vars['"]?\s*:\s*(?:\[\s*)?(?:['"]?(?:error|warn)\b|[12]\b)/

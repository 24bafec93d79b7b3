import type { AuthRecord } from '../record/record.js'
import type { Generated, Rendering, Templates } from '../render/render-system.js'
import { mountFile, ROOT_PLUGIN } from './mount.js'
import { renderingOf } from './rendering.js'
import { renderBeside } from './side-by-side.js'

/** The files of one system, of which those that several share know of the others. */
export function generate(
  rendering: Rendering,
  record: AuthRecord,
  templates: Templates,
): Generated[] {
  const { names } = rendering
  const others = record.systems
    .filter((system) => system.names.model !== names.model)
    .map((system) => renderingOf(system, { ...rendering, templates, record }))
  const generated = renderBeside(rendering, others, templates)
  const mount = mountFile(rendering, findPlugin(generated))

  return mount === null ? generated : [...generated, mount]
}

/** Where the plugin is that brings all the others. */
export function findPlugin(generated: readonly Generated[]): string {
  const plugin = generated.find(({ template }) => template === ROOT_PLUGIN)
  if (plugin) return plugin.path
  throw new Error(`There is no template ${ROOT_PLUGIN}.`)
}

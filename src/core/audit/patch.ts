import { shapeLike, shapeOf } from '../text.js'
import type { Hunk } from './advisory.js'

/**
 * A text with all hunks of a patch in it, however it is formatted; `null` when one of them has no
 * place there, or several.
 */
export function applyPatch(text: string, patch: readonly Hunk[]): string | null {
  return patch.reduce<string | null>(
    (result, hunk) => (result === null ? null : applyHunk(result, hunk)),
    text,
  )
}

function applyHunk(text: string, { from, to }: Hunk): string | null {
  // What is added may hold what it is added to: once is enough.
  if (asPattern(to).test(text)) return text
  const [place, ...others] = [...text.matchAll(asPattern(from))]
  if (!place || others.length > 0) return null
  const indentation = /[ \t]*$/.exec(text.slice(0, place.index))?.[0] ?? ''
  const added = shapeLike(indented(to, indentation), { ...shapeOf(text), bom: false })
  const rest = text.slice(place.index + place[0].length)
  // Commas and semicolons are no part of the pattern: the one behind the place is still there.
  const isEnded = /[;,]$/.test(added) && rest.startsWith(added.slice(-1))

  return text.slice(0, place.index) + (isEnded ? added.slice(0, -1) : added) + rest
}

/** The words and signs of a code, with whatever space, semicolons and quotes. */
function asPattern(code: string): RegExp {
  const parts = code.match(/[\w$]+|[^\s\w$;,]/g) ?? []
  const pattern = parts.map((part) =>
    /['"]/.test(part) ? `['"]` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  )
  const [first = ''] = parts
  const edge = /^\w/.test(first) ? '\\b' : ''

  return new RegExp(edge + pattern.join('[\\s;,]*'), 'g')
}

/** At the depth of the place, as far as the depth of the template tells. */
function indented(code: string, indentation: string): string {
  const own = /^\n*([ \t]*)/.exec(code)?.[1] ?? ''

  return code
    .trim()
    .split('\n')
    .map((line, index) =>
      index > 0 && line.startsWith(own) && line !== ''
        ? indentation + line.slice(own.length)
        : line,
    )
    .join('\n')
}

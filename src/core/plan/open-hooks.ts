import { lineAt } from '../facts/present/place.js'
import type { DenyingHook } from '../facts/present/read-hooks.js'
import type { Step } from './plan-edits.js'

/**
 * A hook of the app that turns away every request it does not know turns ours away too. It is a
 * guard, so a person opens it: the report names the hook and the line to put first in it.
 */
export function hookSteps(hooks: readonly DenyingHook[], prefix: string): Step[] {
  return hooks
    .filter((hook) => meetsOurs(hook, prefix) && !knowsOurs(hook, prefix))
    .map((hook) => ({
      id: `hook:${hook.hook}`,
      file: hook.file,
      anchor: hook.hook,
      note: '',
      edit: (text) => ({
        kind: 'cannot',
        reason: `The ${hook.hook} hook at line ${lineOf(hook, text)} turns away every request that it does not know, and so the log-in's, whose routes guard themselves. It goes first in that function.`,
        paste: openingFor(hook, prefix),
      }),
    }))
}

/** Other edits may have moved it down since it was read. */
function lineOf({ text: own, line }: DenyingHook, text: string): number {
  const offset = text.indexOf(own)

  return offset === -1 ? line : lineAt(text, offset)
}

/** One for `/api` alone never meets a route below `/users`. */
function meetsOurs({ paths }: DenyingHook, prefix: string): boolean {
  const ours = [`${prefix}/`, '/dev/mailbox/']

  return (
    paths === null ||
    paths.some((path) => ours.some((own) => own.startsWith(path) || path.startsWith(own)))
  )
}

/**
 * The path, as somebody wrote it there, in a text or in a regular expression, besides where it
 * says whom the hook turns away.
 */
function knowsOurs({ text, paths }: DenyingHook, prefix: string): boolean {
  const whole = new RegExp(`${prefix.replaceAll('.', '\\.')}/?(?![\\w-])(?!/\\w)`)
  const rest = (paths ?? []).reduce((left, path) => left.replace(path, ''), text)

  return whole.test(rest.replaceAll('\\/', '/'))
}

// By the route that was found, not by the URL that was asked for: `/x/../users` is no way in.
function openingFor({ request, done }: DenyingHook, prefix: string): string {
  const leaves = done === null ? 'return' : `return ${done}()`

  return [
    `const route = \`${'${'}${request}.routeOptions.url ?? ''}/\``,
    `if (route.startsWith('${prefix}/') || route.startsWith('/dev/mailbox/')) ${leaves}`,
  ].join('\n')
}

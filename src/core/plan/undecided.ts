import type { Project } from '../project.js'
import type { Generated } from '../render/render-system.js'
import { NEW_USER_FILES } from '../user-model/new-user.js'
import { UNDECIDED } from '../user-model/print-decided.js'
import type { Operation } from './plan.js'

/** What new users start with, as long as nobody has decided it. */
export function undecided(generated: readonly Generated[], after: Project): Operation[] {
  const path = generated.find(({ template }) => template === NEW_USER_FILES.fields)?.path
  const text = path === undefined ? undefined : after.get(path)
  const [, list] = new RegExp(`${UNDECIDED}: ([\\w, ]+)`).exec(text ?? '') ?? []
  if (path === undefined || text === undefined || list === undefined) return []
  const values = list.split(', ').map((name) => `${name}: …`)

  return [
    {
      verb: 'by hand',
      path,
      before: text,
      after: text,
      note: `Nobody can register before this file says what a new account starts with.`,
      paste: `  return { ${values.join(', ')} }\n`,
    },
  ]
}

import ejs, { type Options } from 'ejs'

/**
 * Turns a template into the text of a file. A template is that file plus whole lines that
 * begin with a control comment: `//% if (features.html) {` … `//% }`, written `#%` in shell-like
 * files, `/*% … *\/` in CSS and `<!--% … -->` in markup. Everything else comes through byte for
 * byte, the tags of EJS views included. Names and other values never enter a template.
 */
export function renderTemplate(text: string, features: Readonly<Record<string, boolean>>): string {
  if (RESERVED.test(text)) {
    throw new Error('A template holds a character that rendering needs for itself.')
  }
  const tagged = text.replace(CONTROL_LINE, `${OPEN}${DELIMITER} $1 ${DELIMITER}${CLOSE}`)
  if (tagged === text) return text

  return ejs.render(tagged, { features: strict(features) }, OPTIONS)
}

// Private-use characters, which no source file contains, so that the tags cannot clash with
// those of an EJS view, with a regular expression or with a template literal.
const OPEN = '\uE000'
const DELIMITER = '\uE001'
const CLOSE = '\uE002'
const RESERVED = /[\uE000-\uE002]/

const CONTROL_LINE =
  /^[ \t]*(?:\/\/%|#%|\/\*%|<!--%)[ \t]*(.*?)[ \t]*(?:\*\/|-->)?[ \t]*(?:\r?\n|$(?![\s\S]))/gm

const OPTIONS = {
  openDelimiter: OPEN,
  delimiter: DELIMITER,
  closeDelimiter: CLOSE,
  strict: true,
  destructuredLocals: ['features'],
  compileDebug: false,
  async: false,
} satisfies Options & { async: false }

/** A misspelt feature would be false without a word; here it is an error. */
function strict(features: Readonly<Record<string, boolean>>): Readonly<Record<string, boolean>> {
  return new Proxy(features, {
    get(target, name) {
      const value = typeof name === 'string' ? target[name] : undefined
      if (value === undefined) throw new Error(`A template asks for features.${String(name)}.`)
      return value
    },
  })
}

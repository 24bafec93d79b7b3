/**
 * What owners do to generated files in the months after: each edit by its name, on every file that
 * it fits. `null` where it does not fit.
 */
import { REFORMAT, reformatted } from './owners-edits.js'

type Edit = (text: string, path: string) => string | null

const isCode = (path: string) => /\.ts$/.test(path)
const isPage = (path: string) => path.endsWith('.ejs')
const isStyle = (path: string) => path.endsWith('.css')

/** The change where the pattern is found first, or, with `g`, wherever it is found. */
function replace(pattern: RegExp, by: string): Edit {
  return (text) => (text.search(pattern) === -1 ? null : text.replace(pattern, by))
}

function inCode(edit: Edit): Edit {
  return (text, path) => (isCode(path) ? edit(text, path) : null)
}

function inPages(edit: Edit): Edit {
  return (text, path) => (isPage(path) ? edit(text, path) : null)
}

function inStyles(edit: Edit): Edit {
  return (text, path) => (isStyle(path) ? edit(text, path) : null)
}

/** Behind the last import. */
function below(line: string): Edit {
  return replace(/^((?:import [\s\S]*?\n)+)(?!import )/m, `$1${line}\n`)
}

const code = {
  'add a licence header': (text) => `// Copyright of mine\n${text}`,
  'add a comment above each function': replace(
    /^(?=(?:export )?(?:async )?function )/gm,
    '// mine\n',
  ),
  'translate messages': replace(/'([A-Z][^'\n]{10,})'/g, "'Meine Meldung'"),
  'change one message': replace(/'[A-Z][^'\n]{10,}'/, "'Mine'"),
  'add an import': below("import { audit } from '../audit.js'"),
  'add a namespace import': below("import * as metrics from '../metrics.js'"),
  'add a type import': below("import type { Mine } from '../mine.js'"),
  'import one name more': replace(/^import \{ (?!type)/m, 'import { mineToo, '),
  'sort an import': replace(/^import \{ (\w+), (\w+) \} from/m, 'import { $2, $1 } from'),
  'add a constant': below('\nexport const MINE = 7'),
  'add a function at the end': (text) => `${text}\nexport function mine() {\n  return 7\n}\n`,
  'add a function at the start': below('\nfunction mine() {\n  return 7\n}'),
  'add a type': below('\nexport type Mine = { name: string }'),
  'rename a function of the file': (text) => {
    const [, name] = /^(?:async )?function (\w+)/m.exec(text) ?? []

    return name ? text.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}OfMine`) : null
  },
  'rename a parameter': replace(/\b(request)\b/g, 'req'),
  'rename the answer': replace(/\b(reply)\b/g, 'res'),
  'log at the start of functions': replace(
    /^((?:export )?async function \w+\([^)]*\)(?:: [^{\n]+)? \{)\n/gm,
    "$1\n  console.info('mine')\n",
  ),
  'log before returning': replace(/^( +)(return [\w.]+\n)/m, "$1console.info('mine')\n$1$2"),
  'count in each function': replace(/\) \{\n( {2})(?=\S)/g, ') {\n$1metrics.count()\n$1'),
  'wrap an awaited call': replace(/await (accounts\.\w+)\(/, 'await timed($1)('),
  'wrap a body in try': replace(
    /^(export async function \w+\([^)]*\)[^{\n]*\{\n)([\s\S]*?)^\}/m,
    '$1  try {\n$2  } finally {\n    mine()\n  }\n}',
  ),
  'guard against my own case': replace(
    /^(export async function \w+\([^)]*\)[^{\n]*\{\n)/m,
    '$1  if (isMine()) throw new Error()\n',
  ),
  'add a condition': replace(/if \(([^()\n]+)\) return/, 'if ($1 || isMine()) return'),
  'add a parameter': replace(/^(export (?:async )?function \w+\([^)\n]+)\)/m, '$1, mine?: string)'),
  'add a property to an object': replace(/\{ where: /, '{ mine: true, where: '),
  'add a property on its own line': replace(/^( +)(\w+: .*,)$/m, '$1$2\n$1mine: true,'),
  'select fields': replace(/include: \{ user: true \}/, 'include: { user: true, mine: true }'),
  'widen a type': replace(/: string \| null/, ': string | Mine | null'),
  'make a type readonly': replace(/^( +)(\w+)(: (?:string|boolean))$/m, '$1readonly $2$3'),
  'change a number': replace(/(?<![\w.'-])([1-9]\d*)(?![\w.'-])/, '7'),
  'change a duration': replace(/\d+ \* (DAY|HOUR|MINUTE)/, '3 * $1'),
  'remove a comment': replace(/^ *\/\/ [A-Z].*\n/m, ''),
  'remove all comments': replace(/^ *\/\/(?! biome).*\n/gm, ''),
  'remove a docstring': replace(/^\/\*\*[\s\S]*?\*\/\n/m, ''),
  'remove a log line': replace(/^ *request\.log\.\w+\(.*\)\n/m, ''),
  'delete a function': replace(/^function \w+\([\s\S]*?^\}\n/m, ''),
  'arrow for a function': replace(
    /^function (\w+)\((\w+: \w+)\): (\w+) \{/m,
    'const $1 = ($2): $3 => {',
  ),
  'export a private function': replace(/^((?:async )?function )/m, 'export $1'),
  'add a route': replace(/^( +)(app\.post\()/m, "$1app.get('/mine', async () => 'mine')\n\n$1$2"),
  'add a hook': replace(/^( +)(const \{ db.*\n)/m, "$1$2$1app.addHook('onSend', mine)\n"),
  'add an option to a route': replace(/\{ schema: \{/, '{ config: { mine: true }, schema: {'),
  'double quotes': replace(/^([^'"`\n]*)'([^'"\n`\\]*)'([^'"`\n]*)$/gm, '$1"$2"$3'),
  semicolons: replace(/^( *(?:import|return|const|await) .*[\w)'"])$(?!\n *[.?:&|])/gm, '$1;'),
  tabs: replace(/^( {2})+(?=\S)/gm, '\t'),
  'four spaces': (text) => text.replace(/^( {2})+(?=[^\s*])/gm, (white) => white + white),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'no last line end': (text) => text.trimEnd(),
  'blank lines between statements': replace(/\n( +(?:const|await|return) )/g, '\n\n$1'),
  'no blank lines': replace(/\n\n(?= )/g, '\n'),
  'narrow lines': replace(/\(([^()\n]{30,})\)(?=[\n ])/g, '(\n    $1\n  )'),
  [REFORMAT]: reformatted,
} satisfies Record<string, Edit>

const pages = {
  'translate a page': replace(/(?<=>)[A-Z][\w ]{3,}(?=<)/g, 'Mein Text'),
  'add classes': replace(/<(p|form|h1|div|input|button)(?=[ >])/g, '<$1 class="mine"'),
  'add a field to a form': replace(/(^ *<button)/m, '  <input name="mine">\n$1'),
  'wrap a page': (text) => `<main>\n${text}</main>\n`,
  'remove a paragraph': replace(/^ *<p>.*<\/p>\n/m, ''),
  'indent a page': replace(/^(?=.)/gm, '  '),
} satisfies Record<string, Edit>

const styles = {
  'change colours': replace(/#[0-9a-f]{3,6}\b/gi, '#777'),
  'add a rule': (text) => `${text}\n.mine {\n  color: red;\n}\n`,
  'remove a rule': replace(/^\.[\w-]+ \{[\s\S]*?^\}\n/m, ''),
  'change a size': replace(/(?<=: )\d+(?:\.\d+)?rem/, '7rem'),
} satisfies Record<string, Edit>

function each(edits: Record<string, Edit>, within: (edit: Edit) => Edit): [string, Edit][] {
  return Object.entries(edits).map(([name, edit]) => [name, within(edit)])
}

/** By name; a page and a style sheet have theirs. */
export const EDITS: ReadonlyMap<string, Edit> = new Map([
  ...each(code, inCode),
  ...each(pages, inPages),
  ...each(styles, inStyles),
])

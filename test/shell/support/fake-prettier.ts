/**
 * A Prettier that knows one rule, the quotes, and is quick to start. Like the real one it reads
 * `.prettierrc` and `.prettierignore`, prints what it likes, and fails on what it cannot read.
 */
export const FAKE_PRETTIER: Record<string, string> = {
  'node_modules/prettier/package.json': '{ "name": "prettier", "main": "index.cjs" }',
  'node_modules/prettier/index.cjs': `
    const { existsSync, readFileSync } = require('node:fs')
    const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
    exports.getFileInfo = async (path, { ignorePath }) => ({
      ignored: read(ignorePath).split('\\n').some((line) => line !== '' && path.endsWith(line)),
      inferredParser: path.endsWith('.ts') ? 'typescript' : null,
    })
    exports.resolveConfig = async () => JSON.parse(read('.prettierrc') || '{}')
    exports.format = async (text, { singleQuote }) => {
      console.log('a plugin says hello')
      if (text.includes('syntax error')) throw new SyntaxError(text)
      return singleQuote ? text.replaceAll('"', "'") : text.replaceAll("'", '"')
    }
  `,
}

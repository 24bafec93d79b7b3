/** Which files of an app the command looks at, by their names alone. */

/** A schema of 2,000 models has about 5 MB; nothing that we read or edit is larger. */
export const LARGEST_FILE = 8 * 1024 * 1024

const EXTENSIONS = new Set(
  'ts tsx mts cts js jsx mjs cjs json jsonc json5 prisma ejs css html md yaml yml toml sql svg txt sh'.split(
    ' ',
  ),
)

const LOCK_FILES = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
])

const OTHERS_FOLDERS = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.git',
  '.hg',
  '.svn',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.turbo',
  '.cache',
  '.parcel-cache',
  '.nx',
  '.nyc_output',
  '.vercel',
  '.netlify',
  '.serverless',
  '.wrangler',
  '.terraform',
  '.yarn',
  '.pnpm-store',
  '.venv',
  '__pycache__',
])

/** Names of output folders, and good names for a folder of sources: it depends on where. */
const OUTPUT_FOLDERS = new Set(['dist', 'build', 'out', 'coverage'])

const STATE = '.create-auth/'

/** Whether a folder holds what tools put there, or what is not for us. */
export function holdsOthersFiles(folder: string): boolean {
  const names = folder.split('/')
  const name = names.at(-1) ?? ''
  if (OTHERS_FOLDERS.has(name)) return true
  if (folder.startsWith(`${STATE}journal`)) return true

  return OUTPUT_FOLDERS.has(name) && !names.includes('src') && !folder.startsWith(STATE)
}

export function isWorthReading(path: string): boolean {
  if (path.startsWith(STATE)) return !/^lock(\.\d+)?$/.test(path.slice(STATE.length))

  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'Dockerfile' || name === 'Procfile' || isLockFile(name)) return true
  // `.env`, `.env.local`, `example.env`; `.prettierrc`, `.gitignore`, `.editorconfig`, `.nvmrc`.
  if (/(^|\.)env(\.|$)/.test(name)) return true
  if (/^\.[a-z-]*(rc|ignore|attributes|config|version)$/.test(name)) return true

  return EXTENSIONS.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
}

/** Only their being there says something; their text is large and not for reading. */
export function isLockFile(path: string): boolean {
  return LOCK_FILES.has(path.slice(path.lastIndexOf('/') + 1))
}

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A real folder with these files in it, gone after the tests. */
export function folderWith(files: Record<string, string | Buffer> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'create auth #é-'))
  made.push(root)
  for (const [path, content] of Object.entries(files)) put(root, path, content)

  return root
}

export function put(root: string, path: string, content: string | Buffer, mode = 0o644) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
  chmodSync(join(root, path), mode)
}

/** Everything below a folder: bytes, permission bits, folders and links, as comparable text. */
export function snapshot(root: string, folder = ''): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of readdirSync(join(root, folder)).sort()) {
    const path = folder === '' ? name : `${folder}/${name}`
    const stats = lstatSync(join(root, path))
    if (stats.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(root, path))}`
    else if (stats.isDirectory()) Object.assign(found, { [`${path}/`]: '' }, snapshot(root, path))
    else {
      const bytes = readFileSync(join(root, path)).toString('latin1')
      found[path] = `${(stats.mode & 0o7777).toString(8)} ${bytes}`
    }
  }

  return found
}

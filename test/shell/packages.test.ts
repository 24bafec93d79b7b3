import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  installPackages,
  type PackageManager,
  runScript,
  spawnable,
} from '../../src/shell/packages.js'
import { folderWith, put } from './support/folder.js'

const silent = { onProgress: () => ({ stop() {} }) }

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A program of that name, first on the PATH, that does what the script says. */
function pretend(name: string, script: string) {
  const folder = folderWith()
  put(folder, name, `#!${process.execPath}\n${script}`, 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
}

function node(script: string, root = folderWith(), options = {}) {
  return runScript(root, process.execPath, ['-e', script], { ...silent, ...options })
}

describe('running a program', () => {
  it('returns what it printed, in the app’s folder, with the variables that were added', async () => {
    const root = folderWith()
    const script = 'console.log(process.cwd()); console.error(process.env.GREETING)'
    const printed = await node(script, root, { env: { GREETING: 'hello' } })

    expect(printed).toContain(root)
    expect(printed).toContain('hello')
  })

  it('passes arguments as they are, because no shell reads them', async () => {
    const args = ['-p', 'process.argv.slice(1).join("|")', '$(touch x)', '; rm -rf .', '"', '*']
    const printed = await runScript(folderWith(), process.execPath, args, silent)
    expect(printed).toBe('$(touch x)|; rm -rf .|"|*\n')
  })

  it('fails with its last words, without escapes, and the command to run by hand', async () => {
    const script =
      'for (let i = 1; i < 30; i++) console.log("line " + i + "\\x1b[31m \\x08"); process.exit(3)'
    const root = folderWith()

    await expect(node(script, root)).rejects.toMatchObject({
      name: 'Problem',
      message: expect.stringMatching(/ended with code 3:\nline 15 \\u0008\n.*line 29 \\u0008$/s),
      next: expect.stringContaining(`cd ${root} && `),
    })
  })

  it('says when there is no such program', async () => {
    const run = runScript(folderWith(), 'no-such-program', [], silent)
    await expect(run).rejects.toMatchObject({ name: 'Problem', message: /no such program/ })
  })

  it('gives it no keyboard, so that a question cannot hang the run', async () => {
    expect(await node('process.stdin.on("end", () => console.log("end")).resume()')).toBe('end\n')
  })

  it('stops it when the run is interrupted', async () => {
    const running = node('console.log(1); setInterval(() => {}, 1000)')
    setTimeout(() => process.emit('SIGTERM', 'SIGTERM'), 200)
    await expect(running).rejects.toMatchObject({ name: 'Interrupted', exitCode: 130 })
    expect(process.listenerCount('SIGTERM')).toBe(0)
  })

  it('shows progress while it runs, and takes it away when it fails', async () => {
    const seen: string[] = []
    const onProgress = (label: string) => {
      seen.push(label)
      return { stop: () => seen.push('stop') }
    }
    await node('process.exit(1)', folderWith(), { label: 'Migrating', onProgress }).catch(() => {})
    expect(seen).toEqual(['Migrating', 'stop'])
  })
})

describe('installing packages', () => {
  const managers: PackageManager[] = ['npm', 'pnpm', 'yarn', 'bun']

  it.each(managers)('runs %s install in the app', async (name) => {
    const root = folderWith()
    pretend(name, `require('fs').writeFileSync('ran', process.argv.slice(2).join(' '))`)
    await installPackages(root, name, silent)

    expect(readFileSync(join(root, 'ran'), 'utf8')).toMatch(/^install\b/)
  })

  it('says how to do it by hand when it fails', async () => {
    pretend('pnpm', 'console.error("ERR_PNPM_NO_MATCHING_VERSION"); process.exit(1)')
    await expect(installPackages(folderWith(), 'pnpm', silent)).rejects.toMatchObject({
      message: expect.stringContaining('ERR_PNPM_NO_MATCHING_VERSION'),
      next: expect.stringContaining('pnpm install'),
    })
  })
})

describe('on Windows', () => {
  it('batch files go through cmd.exe, and only harmless words reach it', () => {
    expect(spawnable('npm', ['install', '--no-fund'], 'win32')).toMatchObject({
      args: ['/d', '/s', '/c', '"npm install --no-fund"'],
    })
    for (const word of ['a & calc', '%PATH%', '"', 'a|b', '^', '']) {
      expect(() => spawnable('npm', [word], 'win32')).toThrow('safely')
    }
  })

  it('programs are started as they are', () => {
    expect(spawnable('C:\\node.exe', ['-e', 'a & b'], 'win32')).toMatchObject({
      file: 'C:\\node.exe',
      args: ['-e', 'a & b'],
    })
  })
})

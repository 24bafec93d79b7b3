import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../src/core/plan/plan.js'
import type { FileSystem } from '../../src/shell/file-system.js'
import { recover, wasInterrupted } from '../../src/shell/recover.js'
import { writePlan } from '../../src/shell/write-plan.js'
import { type Fault, faultyDisk, PlugPulled } from './support/faulty-disk.js'
import { folderWith, put, snapshot } from './support/folder.js'

const OPERATIONS: Operation[] = [
  { verb: 'update', path: 'run.sh', before: 'old\r\n', after: '\ufeffnew\r\n' },
  { verb: 'create', path: 'src/accounts/user.ts', before: null, after: 'user\n' },
  { verb: 'remove', path: 'src/gone.ts', before: 'gone\n', after: null },
  { verb: 'create', path: '.create-auth/record.json', before: null, after: '{}\n', mode: 0o600 },
  { verb: 'identical', path: 'same.ts', before: 'same\n', after: 'same\n' },
]

function freshApp() {
  const root = folderWith({ 'src/gone.ts': 'gone\n', 'same.ts': 'same\n', 'src/routes/a.ts': 'a' })
  put(root, 'run.sh', 'old\r\n', 0o755)

  return root
}

async function snapshots() {
  const root = freshApp()
  const old = snapshot(root)
  const { fileSystem, calls } = faultyDisk(null)
  await writePlan(root, OPERATIONS, { fileSystem })

  return { old, new: snapshot(root), calls: calls() }
}

const states = await snapshots()

async function writeWith(root: string, fault: Fault): Promise<unknown> {
  try {
    await writePlan(root, OPERATIONS, { fileSystem: faultyDisk(fault).fileSystem })
    return null
  } catch (error) {
    return error
  }
}

describe('whatever fails while a plan is written, at whichever call', () => {
  it('there are enough calls for the loops below to mean something', () => {
    expect(states.calls).toBeGreaterThan(80)
  })

  it.each([
    'ENOSPC',
    'EACCES',
    'EMFILE',
  ])('one call with %s: the old state with a clear message, or the new one', async (code) => {
    for (let at = 0; at < states.calls; at++) {
      const root = freshApp()
      const error = await writeWith(root, { kind: 'error', at, code })

      if (error === null) {
        await recover(root)
        expect(snapshot(root), `call ${at}`).toEqual(states.new)
        continue
      }
      expect(error, `call ${at}`).toMatchObject({ name: 'Problem', exitCode: 1 })
      expect(String(error), `call ${at}`).toContain('nothing was changed')
      expect(snapshot(root), `call ${at}`).toEqual(states.old)
    }
  })

  it('a disk that is full from then on: the same', async () => {
    for (let at = 0; at < states.calls; at++) {
      const root = freshApp()
      const error = await writeWith(root, { kind: 'full', at, code: 'ENOSPC' })

      if (error !== null) expect(String(error), `call ${at}`).toContain('nothing was changed')
      else await recover(root)
      expect(snapshot(root), `call ${at}`).toEqual(error === null ? states.new : states.old)
    }
  })

  it('the plug: the next start finds the old state or the new one, never one between', async () => {
    const seen = new Set<string>()
    for (let at = 0; at < states.calls; at++) {
      const root = freshApp()
      await writeWith(root, { kind: 'kill', at })

      const recovery = await recover(root)
      const found = snapshot(root)
      seen.add(recovery)
      expect([states.old, states.new], `call ${at}`).toContainEqual(found)
      if (recovery === 'undone') expect(found, `call ${at}`).toEqual(states.old)
      if (recovery === 'finished') expect(found, `call ${at}`).toEqual(states.new)
      expect(await wasInterrupted(root)).toBe(false)
    }
    expect([...seen].sort()).toEqual(['finished', 'nothing', 'undone'])
  })

  it('the plug, and the plug again while that is put right', async () => {
    const call = fc.nat({ max: states.calls })
    await fc.assert(
      fc.asyncProperty(call, call, call, async (at, second, third) => {
        const root = freshApp()
        await writeWith(root, { kind: 'kill', at })
        for (const next of [second, third]) {
          await recover(root, faultyDisk({ kind: 'kill', at: next }).fileSystem).catch((error) => {
            if (!(error instanceof PlugPulled)) throw error
          })
        }
        await recover(root)

        expect([states.old, states.new]).toContainEqual(snapshot(root))
      }),
      { numRuns: 120 },
    )
  })

  it('the next plan puts things right by itself', async () => {
    for (let at = 0; at < states.calls; at += 3) {
      const root = freshApp()
      await writeWith(root, { kind: 'kill', at })
      await writePlan(root, OPERATIONS).catch((error) => {
        // The first one was complete, so that the files are no longer as the plan expects.
        expect(String(error)).toContain('was changed while')
      })

      expect(snapshot(root), `call ${at}`).toEqual(states.new)
    }
  })
})

describe('while a plan is written', () => {
  it('a file that its owner saves in that moment keeps what was saved, and all else is undone', async () => {
    const root = freshApp()
    const { fileSystem } = faultyDisk(null)
    const rename: FileSystem['rename'] = async (from, to) => {
      await fileSystem.rename(from, to)
      // The last moment before the first file is replaced.
      if (to.endsWith('/journal')) writeFileSync(join(root, 'src/gone.ts'), 'saved')
    }
    const writing = writePlan(root, OPERATIONS, { fileSystem: { ...fileSystem, rename } })

    await expect(writing).rejects.toMatchObject({ message: /src\/gone.ts was changed while/ })
    expect(snapshot(root)).toEqual({ ...states.old, 'src/gone.ts': '644 saved' })
  })

  it('an app that lies on several disks is put back as well', async () => {
    const root = freshApp()
    const { fileSystem } = faultyDisk(null)
    const rename: FileSystem['rename'] = async (from, to) => {
      const fails = (code: string) => Object.assign(new Error(code), { code, syscall: 'rename' })
      if (/journal.\d+$/.test(from)) throw fails('EXDEV')
      if (to.endsWith('journal.done')) throw fails('EIO')
      await fileSystem.rename(from, to)
    }
    const writing = writePlan(root, OPERATIONS, { fileSystem: { ...fileSystem, rename } })

    await expect(writing).rejects.toMatchObject({ message: /nothing was changed/ })
    expect(snapshot(root)).toEqual(states.old)
  })
})

describe('any plan on any app', () => {
  const name = fc.constantFrom('a', 'b', 'c.ts', 'é', 'with space', '#%')
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'))
  const text = fc.option(fc.constantFrom('', 'x', 'x\n', '\ufeffx\r\n', 'ünï\n\n'), { nil: null })
  const mode = fc.constantFrom(0o644, 0o600, 0o755)
  const file = fc.record({ path, before: text, after: text, mode })
  // A file and a folder of one name cannot be on one disk.
  const plan = fc.uniqueArray(file, { maxLength: 8, selector: ({ path }) => path }).map((files) => {
    const isFolder = (path: string) => files.some((other) => other.path.startsWith(`${path}/`))
    return files.filter(({ path }) => !isFolder(path))
  })

  it('is written as a whole, or, cut off at any call, undone or finished as a whole', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.nat({ max: 150 }), fc.boolean(), async (files, at, killed) => {
        const root = folderWith()
        const expected = folderWith()
        for (const { path, before, after, mode } of files) {
          if (before !== null) put(root, path, before, mode)
          if (before !== null || after !== null) put(expected, path, after ?? '', mode)
        }
        const operations = files.map((file) => ({ verb: 'update' as const, ...file }))
        const old = snapshot(root)
        const removed = new Set(files.filter(({ after }) => after === null).map(({ path }) => path))
        const wanted = Object.fromEntries(
          Object.entries(snapshot(expected)).filter(([path]) => !removed.has(path)),
        )

        const fault = killed ? ({ kind: 'kill', at } as const) : null
        await writePlan(root, operations, { fileSystem: faultyDisk(fault).fileSystem }).catch(
          () => {},
        )
        const recovery = await recover(root)

        if (!killed) expect(snapshot(root)).toEqual(wanted)
        else expect([old, wanted]).toContainEqual(snapshot(root))
        if (recovery === 'undone') expect(snapshot(root)).toEqual(old)
      }),
      { numRuns: 120 },
    )
  })
})

describe('an interrupted run that is found', () => {
  /** One where the first file, and perhaps more, was replaced already. */
  async function interruptedApp() {
    for (let at = 0; at < states.calls; at++) {
      const root = freshApp()
      await writeWith(root, { kind: 'kill', at })
      if (snapshot(root)['run.sh'] === states.new['run.sh']) return root
    }
    throw new Error('No call lies between the first renamed file and the end.')
  }

  it('is not undone over what the owner wrote since; the message says where the old text is', async () => {
    const root = await interruptedApp()
    writeFileSync(join(root, 'run.sh'), 'written later')
    const before = snapshot(root)

    await expect(recover(root)).rejects.toMatchObject({
      name: 'Problem',
      message: expect.stringContaining('run.sh was changed since'),
      next: expect.stringContaining('.create-auth/journal/0'),
    })
    expect(snapshot(root)).toEqual(before)
  })

  it('is over once its list is gone, whatever the files say now', async () => {
    const root = freshApp()
    put(root, '.create-auth/journal/0', 'old\r\n', 0o755)
    writeFileSync(join(root, 'run.sh'), 'written later')

    expect(await recover(root)).toBe('undone')
    expect(snapshot(root)).toEqual({ ...states.old, 'run.sh': '755 written later' })
  })

  it('is left alone when its list cannot be understood', async () => {
    const root = freshApp()
    put(root, '.create-auth/journal/list.json', '{ "id": 1')
    const before = snapshot(root)

    await expect(recover(root)).rejects.toMatchObject({
      name: 'Problem',
      message: /cannot be read/,
    })
    expect(snapshot(root)).toEqual(before)
  })

  it('is only reported, not touched, by those who look', async () => {
    const root = await interruptedApp()
    const before = snapshot(root)

    expect(await wasInterrupted(root)).toBe(true)
    expect(snapshot(root)).toEqual(before)
  })

  it('is a stranger’s data: a list that names files outside the app is not followed', async () => {
    const outside = folderWith({ 'sentinel.ts': 'keep\n' })
    const root = freshApp()
    const journal = {
      id: '0123456789abcdef',
      folders: ['..'],
      entries: [{ path: `../${outside.split('/').at(-1)}/sentinel.ts`, before: null, after: 'x' }],
    }
    put(root, '.create-auth/journal/list.json', JSON.stringify(journal))

    await expect(recover(root)).rejects.toMatchObject({ name: 'Problem' })
    expect(snapshot(outside)).toEqual({ 'sentinel.ts': '644 keep\n' })
  })
})

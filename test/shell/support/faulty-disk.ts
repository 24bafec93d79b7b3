import { disk, type FileSystem, type OpenFile } from '../../../src/shell/file-system.js'

/** What happens at the k-th call, counted from zero. */
export type Fault =
  /** That call fails, later ones work. */
  | { kind: 'error'; at: number; code: string }
  /** That call fails, and every later one that needs the same. */
  | { kind: 'full'; at: number; code: string }
  /** The plug is pulled: no call does anything from then on. */
  | { kind: 'kill'; at: number }

export class PlugPulled extends Error {}

/** The real disk until the fault; `calls` counts how far it came. */
export function faultyDisk(fault: Fault | null): { fileSystem: FileSystem; calls: () => number } {
  let calls = 0
  const before = (name: string): boolean => {
    const call = calls++
    if (fault === null || call < fault.at) return false
    if (fault.kind === 'kill') {
      if (call === fault.at && name === 'writeFile') return true
      throw new PlugPulled()
    }
    if (fault.kind === 'error' && call !== fault.at) return false
    // A full disk still lets files be looked at, moved and removed.
    if (fault.kind === 'full' && !['mkdir', 'open', 'writeFile'].includes(name)) return false
    throw Object.assign(new Error(fault.code), { code: fault.code, syscall: name, path: '/x' })
  }

  const wrapFile = (file: OpenFile): OpenFile => ({
    async writeFile(bytes) {
      // Half of the bytes arrive.
      if (before('writeFile')) {
        await file.writeFile(bytes.subarray(0, bytes.length >> 1))
        throw new PlugPulled()
      }
      await file.writeFile(bytes)
    },
    async chmod(mode) {
      before('chmod')
      await file.chmod(mode)
    },
    async sync() {
      before('sync')
      await file.sync()
    },
    async close() {
      // Also after a fault, or the test itself runs out of descriptors.
      await file.close()
      before('close')
    },
  })

  const wrap =
    <Arguments extends unknown[], Result>(
      name: string,
      call: (...args: Arguments) => Promise<Result>,
    ) =>
    async (...args: Arguments) => {
      before(name)
      return call(...args)
    }

  const fileSystem: FileSystem = {
    lstat: wrap('lstat', disk.lstat),
    readFile: wrap('readFile', disk.readFile),
    readdir: wrap('readdir', disk.readdir),
    mkdir: wrap('mkdir', disk.mkdir),
    rename: wrap('rename', disk.rename),
    unlink: wrap('unlink', disk.unlink),
    rmdir: wrap('rmdir', disk.rmdir),
    async open(path, flags, mode) {
      before('open')
      return wrapFile(await disk.open(path, flags, mode))
    },
  }

  return { fileSystem, calls: () => calls }
}

/** One run at a time in one app: `.create-auth/lock` names the process that writes there. */
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '../core/problem.js'
import { explainFailure } from './explain.js'
import { hasCode } from './file-system.js'
import { onInterrupt } from './interrupt.js'
import { STATE_FOLDER } from './journal.js'

export const LOCK_FILE = `${STATE_FOLDER}/lock`

const FRESH_FOR = 500
const PAUSE = 25
const ROUNDS = 60

type Owner = { pid: number; host: string }

/** Does `work` while this process holds the app. Nothing of the lock stays behind. */
export async function withLock<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
  const release = await takeLock(root)
  // A signal that nobody else waits for: the process ends here, without its lock.
  const stopListening = onInterrupt(() => {
    release()
    process.exit(130)
  })
  // For a `process.exit` anywhere below.
  process.once('exit', release)

  try {
    return await work()
  } finally {
    process.off('exit', release)
    stopListening()
    release()
  }
}

async function takeLock(root: string): Promise<() => void> {
  const path = join(root, LOCK_FILE)
  const text = JSON.stringify({ pid: process.pid, host: hostname() })
  try {
    refuseLinkedState(root)
    for (let round = 0; round < ROUNDS; round++) {
      if (tryToCreate(root, path, text)) return () => removeLock(root, path, text)
      // What was in the way is gone now: the folder, or a dead run's lock.
      if (clearStaleLock(path)) continue
      await delay(PAUSE)
    }
  } catch (error) {
    throw explainFailure(error, root)
  }
  throw inUse(null)
}

function tryToCreate(root: string, path: string, text: string): boolean {
  try {
    mkdirSync(join(root, STATE_FOLDER), { recursive: true })
    writeFileSync(path, text, { flag: 'wx' })

    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST', 'ENOENT')) return false
    throw error
  }
}

/** Whether it is worth trying again at once. Throws when another run is alive. */
function clearStaleLock(path: string): boolean {
  const seen = readOrNull(path)
  if (seen === null) return true
  const owner = parse(seen)
  if (owner === null && isFresh(path)) return false
  if (owner !== null && isAlive(owner)) throw inUse(owner)

  // Two runs may find the same dead lock. Moving it away shows which of them had the dead one
  // and which the other's new one, where deleting it would not.
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true
    throw error
  }
  if (readOrNull(aside) !== seen) {
    renameSync(aside, path)
    throw inUse(parse(readOrNull(path) ?? ''))
  }
  unlinkSync(aside)

  return true
}

function isAlive({ pid, host }: Owner): boolean {
  // A process of another machine, or of a container, cannot be asked.
  if (host !== hostname()) return true

  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !hasCode(error, 'ESRCH')
  }
}

/** A lock is created and then filled; one that stays empty belongs to a run that died between. */
function isFresh(path: string): boolean {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

  return Math.abs(Date.now() - changed) < FRESH_FOR
}

function removeLock(root: string, path: string, text: string) {
  try {
    if (readOrNull(path) !== text) return
    unlinkSync(path)
    // Fails, as it should, when a record is in it.
    rmdirSync(join(root, STATE_FOLDER))
  } catch {}
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

function parse(text: string): Owner | null {
  try {
    const value: unknown = JSON.parse(text)
    return isOwner(value) ? value : null
  } catch {
    return null
  }
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== 'object' || value === null || !('pid' in value && 'host' in value))
    return false

  // 0 and negative numbers would ask about whole groups of processes.
  return Number.isInteger(value.pid) && Number(value.pid) > 0 && typeof value.host === 'string'
}

/** A link in the place of our folder could make us write anywhere. */
export function refuseLinkedState(root: string): void {
  for (const path of [STATE_FOLDER, LOCK_FILE]) {
    if (!lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink()) continue
    throw new Problem(
      `${path} is a symbolic link, which could lead anywhere; nothing was changed.`,
      `Remove ${path} and run the command again.`,
    )
  }
}

function inUse(owner: Owner | null) {
  const who = owner === null ? '' : ` (process ${owner.pid} on ${owner.host})`

  return new Problem(
    `Another create-auth is at work in this app${who}; nothing was changed.`,
    `Wait for it to end. If there is none, delete ${LOCK_FILE}.`,
  )
}

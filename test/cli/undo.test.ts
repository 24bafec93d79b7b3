import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { recover } from '../../src/shell/recover.js'
import { writePlan } from '../../src/shell/write-plan.js'
import { TEMPLATES } from '../core/planning.js'
import { faultyDisk } from '../shell/support/faulty-disk.js'
import { appFolder, edit, folderWith, packageWith, read, run } from './command.js'

const ACCOUNTS = 'src/accounts.ts'
const template = TEMPLATES[ACCOUNTS] ?? ''
const newer = packageWith({
  [ACCOUNTS]: template.replace('first = 1', 'first = 10'),
  'src/plugins/new.ts': 'export const added = 1\n',
  'src/views/users/log-in.ejs': '<h2><%= title %></h2>\n',
})

/** Every file with its bytes and permission bits, every folder, without the journal kept for undo. */
function tree(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()

  return Object.fromEntries(
    paths
      .filter((path) => !path.includes('journal.last') && !path.startsWith('.git/'))
      .map((path) => {
        const found = lstatSync(join(folder, path))
        const bytes = found.isFile() ? readFileSync(join(folder, path), 'base64') : ''

        return [path, `${found.mode.toString(8)} ${bytes}`]
      }),
  )
}

async function scaffolded() {
  const folder = appFolder({ '.env': 'DATABASE_URL=file:./dev.db\n' })
  await run(['scaffold', '--cwd', folder])

  return folder
}

describe('undo', () => {
  test('takes a first run back: the app is as it was, byte for byte, folders too', async () => {
    const folder = appFolder({ '.gitignore': 'node_modules\n.env\n', '.env': 'A=1\r\n' })
    const before = tree(folder)
    await run(['scaffold', '--cwd', folder])
    expect(read(folder, '.env')).toContain('SESSION_SECRET')
    const { exitCode, stdout } = await run(['undo', '--cwd', folder])

    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}remove {5}src\/accounts\.ts$/m)
    expect(stdout).not.toContain('SESSION_SECRET=')
    expect(tree(folder)).toEqual(before)
  })

  test.each([
    [['upgrade']],
    [['remove', 'html']],
    [['upgrade', '--only', ACCOUNTS]],
  ])('takes %j back, edits and record with it', async (argv) => {
    const folder = await scaffolded()
    edit(folder, ACCOUNTS, (text) => `${text}// mine\n`)
    const before = tree(folder)
    await run([...argv, '--cwd', folder], newer)
    expect(tree(folder)).not.toEqual(before)

    expect((await run(['undo', '--cwd', folder], newer)).exitCode).toBe(0)
    expect(tree(folder)).toEqual(before)
  })

  test('goes one run back, and says so when there is nothing left', async () => {
    const folder = await scaffolded()
    await run(['upgrade', '--cwd', folder], newer)
    await run(['undo', '--cwd', folder], newer)
    const before = tree(folder)
    const { exitCode, stdout } = await run(['undo', '--cwd', folder], newer)

    expect([exitCode, stdout]).toEqual([0, 'There is no run to take back here.\n'])
    expect(tree(folder)).toEqual(before)
  })

  test('leaves what was changed since, and says so', async () => {
    const folder = await scaffolded()
    const old = tree(folder)
    await run(['upgrade', '--cwd', folder], newer)
    edit(folder, ACCOUNTS, (text) => `${text}// since\n`)
    rmSync(join(folder, 'src/views/users/log-in.ejs'))
    const { exitCode, stdout } = await run(['undo', '--cwd', folder], newer)

    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^ {2}kept {7}src\/accounts\.ts +changed since that run$/m)
    expect(read(folder, ACCOUNTS)).toContain('// since')
    expect(existsSync(join(folder, 'src/views/users/log-in.ejs'))).toBe(false)
    expect(existsSync(join(folder, 'src/plugins/new.ts'))).toBe(false)
    expect(tree(folder)['.create-auth/record.json']).toBe(old['.create-auth/record.json'])
  })

  test('leaves an app in which the next upgrade works, also when a file was left', async () => {
    const folder = await scaffolded()
    await run(['upgrade', '--cwd', folder], newer)
    edit(folder, ACCOUNTS, (text) => `${text}// since\n`)
    await run(['undo', '--cwd', folder], newer)

    expect((await run(['upgrade', '--cwd', folder], newer)).exitCode).toBe(0)
    expect(read(folder, ACCOUNTS)).toBe(`${template.replace('first = 1', 'first = 10')}// since\n`)
  })

  test('with --dry-run shows it and does nothing, and shows no secret', async () => {
    const folder = appFolder({ '.gitignore': '.env\n', '.env': 'PASSWORD=hunter2\n' })
    await run(['scaffold', '--cwd', folder])
    const before = tree(folder)
    const { stdout } = await run(['undo', '--dry-run', '--cwd', folder])

    expect(stdout).toContain('deleted file mode 100644')
    expect(stdout).not.toMatch(/hunter2|SESSION_SECRET=(?!change-me)/)
    expect(tree(folder)).toEqual(before)
  })

  test('keeps old texts where git does not see them', async () => {
    const folder = await scaffolded()
    execFileSync('git', ['init', '-q'], { cwd: folder })
    const untracked = execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: folder })

    expect(existsSync(join(folder, '.create-auth/journal.last/list.json'))).toBe(true)
    expect(String(untracked)).not.toContain('journal')
  })

  test('takes the stages of a conflict out of the index as well', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
        cwd: folder,
        encoding: 'utf8',
      })
    const folder = await scaffolded()
    edit(folder, ACCOUNTS, (text) => text.replace('first = 1', 'first = 7'))
    git('init', '-q')
    git('add', '-A')
    git('-c', 'commit.gpgsign=false', 'commit', '-qm', 'mine')
    await run(['upgrade', '--cwd', folder], newer)
    expect(git('status', '--porcelain')).toContain(`UU ${ACCOUNTS}`)
    await run(['undo', '--cwd', folder], newer)

    expect(git('status', '--porcelain')).toBe('')
  })

  test('answers with data to a program', async () => {
    const folder = await scaffolded()
    const { stdout } = await run(['undo', '--json', '--cwd', folder])

    expect(JSON.parse(stdout)).toMatchObject({ written: true, changes: true })
    expect(JSON.parse((await run(['undo', '--json', '--cwd', folder])).stdout)).toMatchObject({
      written: false,
      notices: [expect.stringContaining('no run')],
    })
  })

  test('has nothing to bring back where a record was tampered with to have a file removed', async () => {
    const folder = await scaffolded()
    const db = read(folder, 'src/db.ts')
    edit(folder, '.create-auth/record.json', (text) => {
      const record = JSON.parse(text)
      const [first] = record.systems[0].files
      const sha256 = createHash('sha256').update(db).digest('hex')
      record.systems[0].files.push({ ...first, template: 'src/gone.ts', path: 'src/db.ts', sha256 })

      return JSON.stringify(record)
    })
    const { stdout } = await run(['scaffold', '--cwd', folder])

    expect(stdout).toMatch(/^ {2}kept +src\/db\.ts/m)
    expect(read(folder, 'src/db.ts')).toBe(db)
  })

  test('refuses a journal that leads out of the app, or that is incomplete', async () => {
    const folder = await scaffolded()
    const list = join(folder, '.create-auth/journal.last/list.json')
    const text = readFileSync(list, 'utf8')
    const outside = join(folder, '..', 'sentinel')
    writeFileSync(outside, 'mine')

    writeFileSync(list, text.replace('src/accounts.ts', '../sentinel'))
    expect((await run(['undo', '--cwd', folder])).exitCode).toBe(1)
    writeFileSync(list, text)
    for (const name of readdirSync(join(folder, '.create-auth/journal.last'))) {
      if (/^\d+$/.test(name)) writeFileSync(join(folder, '.create-auth/journal.last', name), 'x')
    }
    const { exitCode, stderr } = await run(['undo', '--cwd', folder])

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('cannot be taken back')])
    expect(readFileSync(outside, 'utf8')).toBe('mine')
    rmSync(outside)
  })
})

test('wherever the plug is pulled while a run is kept, the files are old or new as a whole', async () => {
  const operations = [
    { verb: 'update' as const, path: 'a.ts', before: 'a\n', after: 'A\n' },
    { verb: 'create' as const, path: 'src/b.ts', before: null, after: 'b\n' },
  ]
  const app = async () => {
    const folder = folderWith([['a.ts', 'a\n']])
    // An earlier run is kept already, and makes room for this one.
    await writePlan(folder, [{ verb: 'create', path: 'c.ts', before: null, after: 'c\n' }], {
      isKept: true,
    })

    return folder
  }
  const done = await app()
  const disk = faultyDisk(null)
  const old = tree(done)
  await writePlan(done, operations, { fileSystem: disk.fileSystem, isKept: true })
  const states = [old, tree(done)]

  for (let at = 0; at < disk.calls(); at += 1) {
    const folder = await app()
    const { fileSystem } = faultyDisk({ kind: 'kill', at })
    await writePlan(folder, operations, { fileSystem, isKept: true }).catch(() => {})
    await recover(folder)
    const found = tree(folder)

    expect(states, `call ${at}`).toContainEqual(found)
    const { exitCode } = await run(['undo', '--cwd', folder])
    expect(exitCode, `call ${at}`).toBe(0)
  }
})

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../../src/core/plan/plan.js'
import { printDiff, renderDiff } from '../../../src/core/report/diff.js'
import { folderWith, snapshot } from '../../shell/support/folder.js'

const plain = { colour: false }

describe('a diff', () => {
  it('shows a change with three lines around it', () => {
    const before = '1\n2\n3\n4\n5\n6\n7\n8\n9\n'
    expect(printDiff(before, before.replace('5\n', 'five\n'), 'a.ts', plain)).toBe(`\
diff --git a/a.ts b/a.ts
--- a/a.ts
+++ b/a.ts
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
`)
  })

  it('shows a new and a deleted file', () => {
    const operations: Operation[] = [
      { verb: 'create', path: '.env', before: null, after: 'A=1\n', mode: 0o600 },
      { verb: 'remove', path: 'b c.ts', before: 'b', after: null },
      { verb: 'identical', path: 'same.ts', before: 'same', after: 'same' },
    ]
    expect(renderDiff(operations, plain)).toBe(`\
diff --git a/.env b/.env
new file mode 100644
--- /dev/null
+++ b/.env
@@ -0,0 +1 @@
+A=1
diff --git a/b c.ts b/b c.ts
deleted file mode 100644
--- a/b c.ts
+++ /dev/null
@@ -1 +0,0 @@
-b
\\ No newline at end of file
`)
  })

  it('is empty when nothing changes', () => {
    expect(printDiff('a', 'a', 'a.ts', plain)).toBe('')
  })

  it('has colours when they are wanted, and none of the file’s own escape sequences', () => {
    const diff = printDiff('', 'a\u001b[8mb\n', 'a.ts', { colour: true })
    expect(diff).toContain('\u001b[32m+a\\u001b[8mb\u001b[39m\n')
  })

  it('of a small change in a large file is small', () => {
    const model = (n: number) => `model M${n} {\n  id Int @id\n\n  name String\n}\n\n`
    const before = Array.from({ length: 30_000 }, (_, n) => model(n)).join('')
    const after = before.replace('model M15000 {\n', 'model M15000 {\n  added Int\n')
    expect(printDiff(before, after, 'schema.prisma', plain).split('\n')).toHaveLength(12)
  })

  it('is a patch that git applies, for any texts', () => {
    const line = fc.constantFrom('a', 'b', '', '\tc', 'd\r', '-- x', '+++ y', '@@')
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
      .map(([lines, ended]) => lines.join('\n') + (ended ? '\n' : ''))
    const file = fc.record({
      before: fc.option(text, { nil: null }),
      after: fc.option(text, { nil: null }),
    })

    fc.assert(
      fc.property(fc.array(file, { minLength: 10, maxLength: 25 }), (files) => {
        const operations = files.map((one, index) => ({
          verb: 'update' as const,
          path: `folder ${index % 3}/ü${index}.ts`,
          ...one,
        }))
        const texts = (side: 'before' | 'after') =>
          Object.fromEntries(operations.flatMap((one) => textOf(one.path, one[side])))
        const root = folderWith(texts('before'))
        const patch = renderDiff(operations, plain)
        if (patch !== '')
          execFileSync('git', ['apply', '-'], { cwd: root, input: patch, stdio: 'pipe' })

        expect(filesOf(root)).toEqual(filesOf(folderWith(texts('after'))))
      }),
      { numRuns: 60 },
    )
  })
})

function textOf(path: string, text: string | null): [string, string][] {
  return text === null ? [] : [[path, text]]
}

function filesOf(root: string) {
  return Object.fromEntries(Object.entries(snapshot(root)).filter(([path]) => !path.endsWith('/')))
}

// What tools complain about, in a form that stays the same when lines move: `file: words`.

export type Complaints = string[]

/** What is complained about now and was not before, each as often as it is new. */
export function newComplaints(before: Complaints, after: Complaints): Complaints {
  const known = new Map<string, number>()
  for (const complaint of before) known.set(complaint, (known.get(complaint) ?? 0) + 1)

  return after.filter((complaint) => {
    const left = known.get(complaint) ?? 0
    known.set(complaint, left - 1)

    return left <= 0
  })
}

/** `src/app.ts(3,7): error TS2322: …`, with what is indented below it left out. */
export function readCompiler(output: string): Complaints {
  return [...output.matchAll(/^(?:(\S[^\n(]*)\(\d+,\d+\): )?error (TS\d+): (.*)$/gm)].map(
    ([, file, code, words]) => `${file ?? 'tsconfig'}: ${code} ${words}`,
  )
}

type EslintFile = {
  filePath: string
  messages: { ruleId: string | null; message: string; severity: number }[]
}

const ERROR = 2

/** Of `eslint --format json`. Warnings fail no build. */
export function readEslint(stdout: string, root: string): Complaints {
  const files: EslintFile[] = parseOutput(stdout, '[') ?? []

  return files.flatMap(({ filePath, messages }) =>
    messages
      .filter(({ severity }) => severity === ERROR)
      .map(({ ruleId, message }) => `${below(filePath, root)}: ${ruleId ?? 'parse'} ${message}`),
  )
}

type BiomeReport = {
  diagnostics: {
    category: string | null
    severity: string
    description?: string
    location: { path: { file: string } | string | null }
  }[]
}

/** Of `biome … --reporter=json`. */
export function readBiome(stdout: string): Complaints {
  const report: BiomeReport = parseOutput(stdout, '{') ?? { diagnostics: [] }

  return report.diagnostics.map(({ category, description, location: { path } }) => {
    const file = typeof path === 'string' ? path : path?.file

    return `${file ?? 'biome'}: ${category} ${description?.split('\n')[0] ?? ''}`.trim()
  })
}

/** Of `prettier --check`. */
export function readPrettier(output: string): Complaints {
  return [...output.matchAll(/^\[(?:warn|error)\] (\S+\.\w+)(?::.*)?$/gm)].map(
    ([, file]) => `${file}: not formatted`,
  )
}

type TestReport = {
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[]
  }[]
}

export type Tests = { passed: number; failed: Complaints }

/** Of the JSON reporters of Vitest and Jest. A file that does not load fails as a whole. */
export function readTestReport(text: string, root: string): Tests {
  const { testResults }: TestReport = parseOutput(text, '{') ?? { testResults: [] }
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failing = assertionResults.filter((test) => test.status === 'failed')
    const file = below(name, root)
    if (failing.length === 0 && status === 'failed') {
      return [`${file}: ${(message ?? '').trim().split('\n')[0]}`]
    }

    return failing.map(({ fullName }) => `${file}: ${fullName}`)
  })
  const passed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'passed'),
  )

  return { passed: passed.length, failed }
}

/** Of node:test and tap: leaves and groups alike, the outermost by their names. */
export function readTap(output: string): Tests {
  const lines = [...output.matchAll(/^\s*(not )?ok \d+(?: - )?(.*)$/gm)].filter(
    ([line]) => !/# (SKIP|TODO)/i.test(line),
  )

  return {
    passed: lines.filter(([, not]) => not === undefined).length,
    failed: lines
      .filter(([, not]) => not !== undefined)
      .map(([, , name = '']) => name.replace(/\s*#.*$/, '').trim()),
  }
}

/** A report between the lines that npm and others print around it. */
function parseOutput<Report>(text: string, opening: '{' | '['): Report | null {
  const start = text.startsWith(opening) ? 0 : text.indexOf(`\n${opening}`) + 1
  try {
    return JSON.parse(text.slice(start, text.lastIndexOf(opening === '{' ? '}' : ']') + 1))
  } catch {
    return null
  }
}

function below(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path
}

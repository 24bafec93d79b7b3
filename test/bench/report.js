// The results as tables that a person reads.

export function requestsTable(results) {
  const rows = results.map(({ name, cpu, ofBare, ofHandWritten, requestsPerSecond, memory }) => [
    name,
    times(ofHandWritten),
    times(ofBare),
    ...spread(cpu, 3),
    requestsPerSecond.median.toFixed(0),
    `${(memory / 2 ** 20).toFixed(0)} MB`,
  ])

  return table([
    [
      'CPU ms a request',
      'of hand-written',
      'of bare',
      'median',
      'min',
      'max',
      'requests/s',
      'memory',
    ],
    ...rows,
  ])
}

export function commandTable(results) {
  const rows = results.map(({ name, milliseconds, ofNode, aim, isMet }) => [
    name,
    times(ofNode),
    ...spread(milliseconds, 0),
    aimText(aim && `within ${aim}×`, isMet),
  ])

  return table([['ms from start to end', 'of node -e 0', 'median', 'min', 'max', 'aim'], ...rows])
}

export function planningTable({ app, byFiles, bySize, inConflict }) {
  const row = (name, { milliseconds, ofFirst }) => [
    name,
    ofFirst === undefined ? '' : times(ofFirst),
    ...spread(milliseconds, 0),
  ]
  const met = app.milliseconds.median <= app.aim

  return table([
    ['ms to plan an upgrade', 'of the first', 'median', 'min', 'max', 'aim'],
    [...row(`a whole app, ${app.files} files`, app), aimText(`${app.aim / 1000} s`, met)],
    ...byFiles.map((result) => [...row(`${result.step} files of 10 functions`, result), '']),
    ...bySize.map((result) => [...row(`5 files of ${10 * result.step} functions`, result), '']),
    ...inConflict.map((result) => [
      ...row(`5 files of ${10 * result.step} functions, in conflict`, result),
      '',
    ]),
  ])
}

export function burstTable({ logIns, duration, statuses, alone, during, memory, isMet }) {
  const answers = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`)

  return table([
    [
      `${logIns} log-ins at once`,
      'ms for all',
      'answers',
      '/healthz alone',
      'p99',
      'max',
      'memory',
      'aim',
    ],
    [
      'generated',
      duration.toFixed(0),
      answers.join(', '),
      `${alone.toFixed(1)} ms`,
      `${during.p99.toFixed(0)} ms`,
      `${during.max.toFixed(0)} ms`,
      `+${(memory / 2 ** 20).toFixed(0)} MB`,
      aimText('p99 under 500 ms, under 300 MB', isMet),
    ],
  ])
}

export function packageTable(results) {
  const rows = results.map(({ name, bytes, files, packages, aim, isMet }) => [
    name,
    ...(packages ? [`${packages} packages`] : [kilobytes(bytes)]),
    ...(files
      ? [`${files} files`]
      : [aimText(packages ? `at most ${aim}` : `under ${kilobytes(aim)}`, isMet)]),
  ])

  return table([['package', 'size', 'aim'], ...rows])
}

function spread({ median, min, max }, digits) {
  return [median, min, max].map((value) => value.toFixed(digits))
}

function times(ratio) {
  return `${ratio.toFixed(2)}×`
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} KB`
}

function aimText(text, isMet) {
  return text ? `${text}: ${isMet ? 'met' : 'missed'}` : ''
}

function table(rows) {
  const widths = rows[0].map((_cell, column) => Math.max(...rows.map((row) => row[column].length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  )

  return lines.join('\n')
}

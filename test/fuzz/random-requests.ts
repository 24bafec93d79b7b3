// Requests as nobody would write them, most of them near enough to a real one to get somewhere.

import fc from 'fast-check'

export type Sender = 'nobody' | 'visitor' | 'user'

export type RandomRequest = {
  method: string
  target: string
  headers: [name: string, value: string][]
  body: string | null
  /** Whose cookies and form token go with it. */
  sender: Sender
}

/** Texts that parsers, databases and templates have stumbled over. */
const NASTY = [
  ...[
    '',
    ' ',
    '\0',
    '\u202e',
    '\ud800',
    '💩',
    'é',
    'ß',
    'İ',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    'null',
    'undefined',
    'NaN',
    'true',
    '-1',
    '1e999',
    '0x10',
    '[object Object]',
    '..',
    '../../etc',
  ],
  ...[
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '%',
    '%00',
    '%ff',
    '%2f%2e%2e',
    '\r\nx: y',
  ],
  ...["' OR 1=1 --", '<script>', '<%= 1 %>', '{{7*7}}', '9'.repeat(400), 'a'.repeat(5000)],
  ...['a@b.example', 'A@B.EXAMPLE', 'a@b.example, c@d.example', '"a b"@c.example', 'a@b.example\0'],
]

const FIELDS = [
  ...['email', 'password', 'currentPassword', 'rememberMe', 'next', '_csrf', 'token', 'id', 'user'],
  ...['confirmedAt', '__proto__', 'constructor', 'hashedPassword', 'a[b]', 'a.b', ''],
]

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.emailAddress(),
)

const value = fc.oneof(text, fc.jsonValue({ maxDepth: 4 }))

const fields = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 6 })

/** What some form or other asks for, whatever is in it. */
const wanted = fc.record(
  { email: value, password: value, currentPassword: value, rememberMe: value, next: value },
  { requiredKeys: ['email', 'password'] },
)

const json = fc.oneof(
  { weight: 9, arbitrary: wanted.map((each) => JSON.stringify(each)) },
  { weight: 5, arbitrary: fields.map((each) => JSON.stringify(each)) },
  value.map((each) => JSON.stringify(each)),
  fc.constantFrom('{', '[]', 'null', '{"email":1e999}', '['.repeat(4000), '{"a":'.repeat(2000)),
  fc.constant(`{"email":"${'a'.repeat(20_000)}"}`),
  fc.constant('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
)

const form = fc
  .array(fc.tuple(fc.constantFrom(...FIELDS), text), { maxLength: 8 })
  .map((pairs) => pairs.map((pair) => pair.map(encoded).join('=')).join('&'))

const body = fc.oneof(
  {
    weight: 5,
    arbitrary: json.map((written) => ({ type: 'application/json', written })),
  },
  {
    weight: 2,
    arbitrary: form.map((written) => ({ type: 'application/x-www-form-urlencoded', written })),
  },
  fc
    .tuple(
      fc.constantFrom('text/plain', 'multipart/form-data; boundary=x', '', '/', 'a/b; c="'),
      text,
    )
    .map(([type, written]) => ({ type, written })),
  fc.constant(null),
)

const header = fc.tuple(
  fc
    .constantFrom('accept', 'cookie', 'origin', 'referer', 'sec-fetch-site', 'x-csrf-token')
    .chain((name) => fc.constant(name)),
  text,
)

/** Requests for these routes, each with its parameters filled in, and for no route at all. */
export function randomRequest(
  routes: readonly { method: string; path: string }[],
): fc.Arbitrary<RandomRequest> {
  const changing = routes.filter(({ method }) => method === 'POST')
  const known = fc
    .tuple(fc.constantFrom(...routes, ...changing, ...changing), text, text)
    .map(([{ method, path }, parameter, query]) => ({
      method,
      target: `${path.replace(/:\w+/, encoded(parameter))}?next=${encoded(query)}`,
    }))
  const unknown = fc
    .tuple(
      fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE'),
      text,
    )
    .map(([method, path]) => ({ method, target: `/users/${path.replace(/[^!-~]/g, '%')}` }))

  return fc
    .record({
      line: fc.oneof({ weight: 6, arbitrary: known }, unknown),
      headers: fc.array(header, { maxLength: 4 }),
      body,
      sender: fc.constantFrom<Sender>('nobody', 'visitor', 'user'),
    })
    .map(({ line, headers, body, sender }) => ({
      ...line,
      headers: body === null ? headers : [...headers, ['content-type', body.type]],
      body: body?.written ?? null,
      sender,
    }))
}

/** Percent-encoded, but for what cannot be, which is sent as it may be. */
function encoded(each: string): string {
  return /\p{Surrogate}/u.test(each) ? '%ed%a0%80' : encodeURIComponent(each)
}

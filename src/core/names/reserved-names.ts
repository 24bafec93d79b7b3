/**
 * Names that an auth system cannot have, because the code it is written in, or runs on, uses
 * them already. Compared without case and underscores: `ToString`, `to_string` and `toString`
 * end up as the same variable, and some disks know no case.
 */
export function reasonToReserve(name: string): string | null {
  const flat = flattened(name)

  for (const [reason, words] of RESERVED) {
    if (words.has(flat)) return reason
  }

  return null
}

export function flattened(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}

/** The table stands in SQL without quotes, so no word of SQL can be one in any database. */
export function isSqlWord(table: string): boolean {
  return SQL_WORDS.has(table)
}

const RESERVED: readonly [reason: string, words: ReadonlySet<string>][] = [
  [
    'is a word of JavaScript or TypeScript',
    words(`abstract any arguments as asserts async await bigint boolean break case catch class
      const continue debugger declare default delete do else enum eval export extends false
      finally for from function get if implements import in infer instanceof interface is keyof
      let module namespace never new null number object of out override package private
      protected public readonly require return satisfies set static string super switch symbol
      this throw true try type typeof undefined unique unknown using var void while with yield`),
  ],
  [
    'is a name that every JavaScript object has',
    words(`__proto__ constructor hasOwnProperty isPrototypeOf propertyIsEnumerable prototype
      toJSON toLocaleString toString valueOf __defineGetter__ __defineSetter__
      __lookupGetter__ __lookupSetter__ then`),
  ],
  [
    'is a global name of JavaScript or TypeScript',
    words(`AbortController AbortSignal AggregateError Array ArrayBuffer Atomics Awaited Blob
      Buffer Capitalize clearInterval clearTimeout console crypto DataView Date decodeURI Error
      EvalError Event EventTarget Exclude exports Extract fetch File FinalizationRegistry
      FormData global globalThis Headers Infinity InstanceType Intl isFinite isNaN Iterator JSON
      Lowercase Map Math NaN navigator NonNullable Omit Parameters parseFloat parseInt Partial
      performance Pick process Promise PropertyKey Proxy queueMicrotask RangeError Readonly
      ReadonlyArray ReadonlyMap ReadonlySet Record ReferenceError Reflect RegExp Request Required
      Response ReturnType setImmediate setInterval setTimeout SharedArrayBuffer structuredClone
      SyntaxError TextDecoder TextEncoder TypeError Uint8Array Uncapitalize Uppercase URIError URL
      URLSearchParams WeakMap WeakRef WeakSet WebSocket`),
  ],
  [
    "is a word of Prisma's schema language",
    words(`Boolean Bytes datasource DateTime Decimal Float generator Int Json model Unsupported
      view Prisma PrismaClient PrismaPromise TransactionClient`),
  ],
  [
    'is a device name on Windows',
    words(`aux con nul prn com0 com1 com2 com3 com4 com5 com6 com7 com8 com9
      lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9`),
  ],
  [
    'is a name that the generated code uses itself',
    words(`app assert assets body config context cookie cookies csrf data database db describe dev
      email env expect fastify fastifyInstance fastifyReply fastifyRequest fixture fixtures flash
      fp generated hash healthz hook id index it lib logger mail mailbox mailer main migrations
      next notifier options params password passwords path plugin plugins prefix query
      rateLimit record remember reply returnTo route router routes schema schemas scope scopes
      secret sent server session sessions settings sql src store support test tests token tokens
      transaction tx userAgent userAgents userInfo values views vitest`),
  ],
]

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/).map(flattened))
}

// Reserved in PostgreSQL, MySQL, MariaDB or SQLite, which keeps `sqlite…` for itself.
const SQL_WORDS: ReadonlySet<string> = new Set(
  `accessible add all alter analyse analyze and array as asc asymmetric authorization before
  between both by call cascade cast change character check collate column concurrently
  condition constraint convert create cross cube cursor databases declare dense_rank desc
  describe distinct div drop dual each elseif empty enclosed end escaped except exists exit explain
  fetch first_value following force foreign freeze fulltext function glob grant group grouping
  groups having identified ignore ilike initially inner inout insert intersect interval into isnull
  iterate join json_table key keys kill lag last_value lateral lead leading leave left like limit
  linear lines load localtime lock long loop match minus natural not notnull null nth_value ntile
  offset on only open optimize option optionally or order outer outfile over overlaps partition
  percent_rank placing preceding primary procedure purge range rank read reads recursive
  references regexp release rename repeat replace require resignal restrict returning revoke right
  rlike row row_number rows schema schemas select separator show signal similar some spatial
  specific sql ssl starting stored symmetric system table tablesample terminated then to trailing
  transaction trigger undo union unique unlock unsigned update usage use user values variadic
  varying verbose virtual when where while window with write xor zerofill`.split(/\s+/),
)

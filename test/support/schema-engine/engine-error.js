// @ts-check
// What goes wrong in words that the Prisma CLI shows to the person: a code such as P1003, a message.

export class EngineError extends Error {
  /**
   * @param {string | undefined} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

/**
 * @param {unknown} error
 * @returns {EngineError}
 */
export function asEngineError(error) {
  if (error instanceof EngineError) return error
  if (!(error instanceof Error)) return new EngineError(undefined, String(error))

  const code =
    'code' in error && /^P\d{4}$/.test(String(error.code)) ? String(error.code) : undefined

  return new EngineError(code, error.message)
}

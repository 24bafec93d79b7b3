/**
 * An error that the person at the keyboard can do something about. It says what is wrong,
 * where it was seen and what to do next, one sentence each. Everything else that is thrown
 * is a bug of ours.
 */
export class Problem extends Error {
  override readonly name = 'Problem'

  constructor(
    message: string,
    /** What to do next: a command to run, a flag to pass, a line to change. */
    readonly next: string,
    /** 1: the app or the answer is at fault; 2: the command was called wrongly. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message)
  }
}

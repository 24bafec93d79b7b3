/** More work was asked for than can be done in time. Answered with 503. */
export class TooMuchAtOnce extends Error {
  override readonly name = 'TooMuchAtOnce'
  readonly statusCode = 503
}

/** Work of one kind, a few pieces at once. The rest waits in line, which ends somewhere. */
export class Turns {
  private running = 0
  private readonly waiting: (() => void)[] = []
  private readonly atOnce: number
  private readonly inLine: number

  constructor(atOnce: number, inLine: number) {
    this.atOnce = atOnce
    this.inLine = inLine
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.waiting.length >= this.inLine) throw new TooMuchAtOnce('The line is full')
    if (this.running < this.atOnce) this.running += 1
    else await new Promise<void>((resolve) => this.waiting.push(resolve))

    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      // The turn is handed on, not given up: nobody gets in between.
      if (next) next()
      else this.running -= 1
    }
  }
}

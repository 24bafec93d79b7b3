/**
 * What became of an edit to a file that is not ours. It never throws for what it finds in the
 * file, keeps every byte it does not add, and finds its own earlier work however that was
 * moved or reformatted.
 */
export type Edit =
  | {
      kind: 'done'
      text: string
      /** The exact texts that were added, so that they can be taken out byte for byte. */
      inserted: string[]
    }
  | { kind: 'already done' }
  | {
      kind: 'cannot'
      /** Why, in one sentence, naming the place. */
      reason: string
      /** What a person can paste instead, ready to use. */
      paste: string
    }

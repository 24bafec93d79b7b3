import { setTimeout } from 'node:timers/promises'

// Longer than the work takes, whether there is an account or not. When it does take longer,
// the answer waits for the next multiple.
const STEP = 200

/**
 * Does the work, and is done after the same time however long it took: a clock in front of
 * the answer does not tell whether an address has an account (OWASP ASVS 6.3.8).
 */
export async function inSameTime(work: () => Promise<void>): Promise<void> {
  await missInSameTime(async (): Promise<null> => {
    await work()
    return null
  })
}

/** Looks for something, and takes the same time whenever there is nothing. */
export async function missInSameTime<Found>(
  find: () => Promise<Found | null>,
): Promise<Found | null> {
  const startedAt = performance.now()
  const found = await find()
  if (found === null) await setTimeout(STEP - ((performance.now() - startedAt) % STEP))

  return found
}

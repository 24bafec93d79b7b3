import { setTimeout } from 'node:timers/promises'

// Longer than the work takes, whether there is an account or not.
const MILLISECONDS = 200

/**
 * Does the work, and is done after the same time however long it took: a clock in front of
 * the answer does not tell whether an address has an account (OWASP ASVS 6.3.8).
 */
export async function inSameTime(work: () => Promise<void>): Promise<void> {
  await Promise.all([work(), setTimeout(MILLISECONDS)])
}

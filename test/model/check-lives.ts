import fc from 'fast-check'

import { DEEDS } from './commands.js'
import { register, useLink } from './deeds.js'
import { EMAILS, Life, PASSWORDS } from './life.js'
import type { RealApp } from './real-app.js'

export type HowMany = { runs: number; deeds: number; seed?: number | undefined }

/**
 * Lets random lives happen to an app. After every deed, each session, remember-me cookie and link
 * there ever was works exactly when the model says that it lives; at the end, each password.
 *
 * @throws what did not hold, with the shortest life that shows it.
 */
export async function checkLives(app: RealApp, { runs, deeds, seed }: HowMany): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.commands(DEEDS, { maxCommands: deeds, size: 'max' }), async (commands) => {
      await app.clear()
      app.takeTokens()
      const life = new Life(app)
      await moveIn(life)
      await fc.asyncModelRun(() => ({ model: {}, real: life }), commands)
      await life.checkPasswords()
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  )
}

/** Two accounts, each logged in to a browser: most of what can happen, happens to somebody. */
async function moveIn(life: Life): Promise<void> {
  for (const [index, pair] of life.pairs.slice(0, 2).entries()) {
    const [email = '', password = ''] = [EMAILS[index], PASSWORDS[index]]
    await register(life, pair, email, password)
    const link = life.model.links.at(-1)
    if (link) await useLink(life, pair, link, { password, remember: true })
  }
  await life.settle()
}

import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'

import { chromiumPath, launchChromium } from './chromium.js'
import { type RunningApp, startApp } from './running-app.js'
import { Visitor } from './visitor.js'

export type OpenVisitor = (options?: BrowserContextOptions) => Promise<Visitor>

/**
 * Tests of an app that was just written, in a real browser. Whatever a test is about, it fails
 * when the browser complains.
 */
export function describeSite(name: string, tests: (open: OpenVisitor) => void): void {
  describe.skipIf(!chromiumPath)(name, () => {
    let app: RunningApp
    let browser: Browser
    let visitors: Visitor[] = []

    beforeAll(async () => {
      ;[app, browser] = await Promise.all([startApp(), launchChromium()])
    }, 120_000)

    afterAll(async () => {
      await browser?.close()
      await app?.stop()
    })

    afterEach(async () => {
      const complaints = visitors.flatMap((visitor) => visitor.complaints)
      await Promise.all(visitors.map(({ context }) => context.close()))
      visitors = []

      expect(complaints).toEqual([])
    })

    tests(async (options = {}) => {
      const visitor = await Visitor.open(browser, { baseURL: app.origin, ...options })
      visitors.push(visitor)

      return visitor
    })
  })
}

import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, test as anyTest, beforeAll, describe, expect, type TestAPI } from 'vitest'

import { chromiumPath, launchChromium } from './chromium.js'
import { type RunningApp, startApp } from './running-app.js'
import { Visitor } from './visitor.js'

export type OpenVisitor = (options?: BrowserContextOptions) => Promise<Visitor>

/** What a test is given: a visitor, and as many others as it needs. */
export type SiteTest = TestAPI<{ open: OpenVisitor; visitor: Visitor }>

type Site = {
  open: OpenVisitor
  /** Tests with visitors whose browser is set up like this. */
  testWith: (options: BrowserContextOptions) => SiteTest
}

/** Tests of an app that was just written, in a real browser. */
export function describeSite(name: string, tests: (site: Site) => void): void {
  describe.skipIf(!chromiumPath)(name, () => {
    let app: RunningApp
    let browser: Browser

    beforeAll(async () => {
      ;[app, browser] = await Promise.all([startApp(), launchChromium()])
    }, 240_000)

    afterAll(async () => {
      await browser?.close()
      await app?.stop()
    })

    const open: OpenVisitor = (options) =>
      Visitor.open(browser, { baseURL: app.origin, ...options })

    tests({
      open,
      testWith: (options) => withVisitors((others) => open({ ...options, ...others })),
    })
  })
}

// Whatever a test is about, it fails when the browser complains.
function withVisitors(open: OpenVisitor): SiteTest {
  return anyTest.extend<{ open: OpenVisitor; visitor: Visitor }>({
    open: async ({ task: _task }, use) => {
      const visitors: Visitor[] = []
      await use(async (options) => {
        const visitor = await open(options)
        visitors.push(visitor)

        return visitor
      })
      await Promise.all(visitors.map(({ context }) => context.close()))

      expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([])
    },
    visitor: async ({ open }, use) => use(await open()),
  })
}

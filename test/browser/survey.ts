import axe from 'axe-core'
import type { Page } from 'playwright-core'

import {
  type ControlContrast,
  describeFields,
  type Field,
  findMotion,
  measureControlContrast,
  measureTargets,
  type Target,
} from './in-page.js'
import { pages } from './pages.js'
import type { OpenVisitor } from './site.js'

/** What was found on a page. */
export type Findings = {
  title: string
  language: string | null
  headings: number
  fields: Field[]
  scripts: number
  moving: number
  /** By colour scheme: the rules of axe that were broken, and what is too pale. */
  violations: Record<'light' | 'dark', string[]>
  controls: Record<'light' | 'dark', ControlContrast[]>
  /** On the narrowest screen that WCAG asks for, 320 pixels wide. */
  widthOnPhone: number
  targets: Target[]
  complaints: string[]
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Looks at every page once, so that each claim about it is a quick test. */
export async function survey(open: OpenVisitor): Promise<Map<string, Findings>> {
  const findings = new Map<string, Findings>()
  const names = Object.keys(pages)[Symbol.iterator]()
  // They share what is left of the list.
  const surveyors = [1, 2, 3].map(async () => {
    for (const name of names) findings.set(name, await look(open, name))
  })
  await Promise.all(surveyors)

  return findings
}

async function look(open: OpenVisitor, name: string): Promise<Findings> {
  const visitor = await open({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' })
  const { page, complaints } = visitor
  await pages[name]?.open(visitor)

  const findings = {
    title: await page.title(),
    language: await page.locator('html').getAttribute('lang'),
    headings: await page.locator('h1').count(),
    fields: await page.evaluate(describeFields),
    scripts: await page.locator('script, [style], style').count(),
    moving: await page.evaluate(findMotion),
    violations: { light: await runAxe(page), dark: [] as string[] },
    controls: { light: await page.evaluate(measureControlContrast), dark: [] as ControlContrast[] },
  }

  await page.emulateMedia({ colorScheme: 'dark' })
  findings.violations.dark = await runAxe(page)
  findings.controls.dark = await page.evaluate(measureControlContrast)

  await page.setViewportSize({ width: 320, height: 700 })
  const widthOnPhone = await page.evaluate<number>('document.documentElement.scrollWidth')
  const targets = await page.evaluate(measureTargets)
  await visitor.context.close()

  return { ...findings, widthOnPhone, targets, complaints }
}

async function runAxe(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run({ runOnly: ${JSON.stringify(RULES)} })`,
  )

  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

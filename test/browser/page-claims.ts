import { beforeAll, describe, expect } from 'vitest'

import { smuggleScript } from './in-page.js'
import { pages } from './pages.js'
import type { OpenVisitor, SiteTest } from './site.js'
import { type Findings, survey } from './survey.js'

const AUTOCOMPLETE: Record<string, string[]> = {
  email: ['username', 'email'],
  currentPassword: ['current-password'],
  password: ['current-password', 'new-password'],
  rememberMe: [''],
}

/** What holds for every page. */
export function describePages(test: SiteTest, open: OpenVisitor) {
  let findings: Map<string, Findings>
  beforeAll(async () => {
    findings = await survey(open)
  }, 240_000)

  describe.each(Object.entries(pages))('%s', (name, { title }) => {
    const found = () => {
      const page = findings.get(name)
      if (!page) throw new Error(`Nobody looked at ${name}`)

      return page
    }

    test('says where one is: a title, one heading, the language', () => {
      const { headings, language } = found()

      expect(found().title).toBe(title)
      expect({ headings, language }).toEqual({ headings: 1, language: 'en' })
    })

    test('breaks no rule of WCAG 2.2 AA that a program can check, in light and in dark', () => {
      expect(found().violations).toEqual({ light: [], dark: [] })
    })

    test('has borders and focus rings that can be seen, in light and in dark', () => {
      const { light, dark } = found().controls
      const pale = [...light, ...dark].filter(
        ({ border, ring }) => ring < 3 || (border !== null && border < 3),
      )

      expect(pale).toEqual([])
    })

    test('has fields with a label that a password manager understands', () => {
      for (const { name, label, autocomplete } of found().fields) {
        expect(label, name).not.toBe('')
        expect(AUTOCOMPLETE[name], name).toContain(autocomplete)
      }
    })

    test('says at each refused field what is wrong with it', () => {
      const refused = found().fields.filter(({ isInvalid }) => isInvalid)

      expect(refused.length > 0).toBe(title.startsWith('Error:') && name !== 'log in, refused')
      for (const { description } of refused) expect(description).toMatch(/[a-z]\.$/)
    })

    test('fits a screen 320 pixels wide', () => {
      expect(found().widthOnPhone).toBe(320)
    })

    test('has room for a finger on everything that can be pressed', () => {
      const small = found().targets.filter(
        ({ width, height, isButton }) => width < 24 || height < (isButton ? 44 : 24),
      )

      expect(small).toEqual([])
    })

    test('has no script and nothing that moves, and the browser has no complaint', () => {
      const { scripts, moving, complaints } = found()

      expect({ scripts, moving, complaints }).toEqual({ scripts: 0, moving: 0, complaints: [] })
    })
  })

  // So that the silence in the other tests means something.
  test('makes the browser complain about a script that was smuggled in', async ({ visitor }) => {
    await visitor.goTo('/users/log-in')
    await visitor.page.evaluate(smuggleScript)
    const complaints = visitor.complaints.splice(0)

    expect(await visitor.heading()).toBe('Log in')
    expect(complaints.join()).toContain('Content Security Policy')
  })
}

// The picture of the pages in the README: npx tsx test/browser/take-pictures.ts

import { fileURLToPath } from 'node:url'

import { launchChromium } from './chromium.js'
import { pages } from './pages.js'
import { startApp } from './running-app.js'
import { Visitor } from './visitor.js'

const PICTURE = fileURLToPath(new URL('../../docs/pages.png', import.meta.url))
const DESKTOP = { width: 640, height: 700 }
const PHONE = { width: 390, height: 700 }

const [app, browser] = await Promise.all([startApp(), launchChromium()])

try {
  await compose([
    await takePicture('log in', 'light', DESKTOP),
    await takePicture('register, refused', 'dark', PHONE),
    await takePicture('account', 'light', PHONE),
  ])
} finally {
  await browser.close()
  await app.stop()
}

async function takePicture(
  name: string,
  colorScheme: 'light' | 'dark',
  viewport: { width: number; height: number },
): Promise<string> {
  // The pages take the font of each reader's system; that of a bare Linux is nobody's favourite.
  const settings = { colorScheme, viewport, bypassCSP: true }
  const visitor = await Visitor.open(browser, { baseURL: app.origin, ...settings })
  await pages[name]?.open(visitor)
  await visitor.page.addStyleTag({ content: ":root { --font: 'Liberation Sans', sans-serif }" })
  const picture = await visitor.page.screenshot({ caret: 'hide' })
  await visitor.context.close()

  return `data:image/png;base64,${picture.toString('base64')}`
}

async function compose(pictures: string[]): Promise<void> {
  const page = await browser.newPage()
  const images = pictures.map((picture) => `<img src="${picture}">`)
  await page.setContent(`
    <style>
      body { margin: 0; }
      main { display: flex; gap: 36px; width: max-content; padding: 1px; }
      img { border: 1px solid #8b919b; border-radius: 16px; }
    </style>
    <main>${images.join('')}</main>`)
  await page.locator('main').screenshot({ path: PICTURE, omitBackground: true })
}

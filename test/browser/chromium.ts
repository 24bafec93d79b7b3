import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser of this machine; none is downloaded. */
export const chromiumPath = process.env.CHROMIUM_PATH || PLACES.find((path) => existsSync(path))

export const HOW_TO_GET_IT =
  'Install Chromium (apt-get install chromium), or set CHROMIUM_PATH to a Chrome or Chromium.'

export function launchChromium(): Promise<Browser> {
  if (!chromiumPath) throw new Error(HOW_TO_GET_IT)

  // A container has no user namespaces for its sandbox, and opens nothing but the app here.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
}

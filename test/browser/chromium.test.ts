import { test } from 'vitest'

import { chromiumPath, HOW_TO_GET_IT } from './chromium.js'

// Skipped tests are easily taken for passed ones: in CI they are not skipped.
test.skipIf(!chromiumPath && !process.env.CI)(
  `a browser is here for the other files of test/browser${chromiumPath ? '' : `. ${HOW_TO_GET_IT}`}`,
  () => {
    if (!chromiumPath) throw new Error(HOW_TO_GET_IT)
  },
)

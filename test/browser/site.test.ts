import { describe } from 'vitest'

import { describeAccountJourney } from './account-journey.js'
import { describeJourney } from './journey.js'
import { describePages } from './page-claims.js'
import { describeSite, type SiteTest } from './site.js'

// Many at once on a busy machine: slow is not broken.
const AT_ONCE = { concurrent: true, timeout: 90_000 }

// One file, because starting an app takes longer than most of what is tested with it.
describeSite('in a browser', ({ open, testWith }) => {
  describe('a page', () => describePages(testWith({}), open))

  describe('a visitor with JavaScript', AT_ONCE, () => describeJourneys(testWith({})))

  describe('a visitor without JavaScript', AT_ONCE, () =>
    describeJourneys(testWith({ javaScriptEnabled: false })),
  )
})

function describeJourneys(test: SiteTest) {
  describeJourney(test)
  describeAccountJourney(test)
}

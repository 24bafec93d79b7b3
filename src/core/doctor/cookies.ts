import { advice, type Check, problem } from './check.js'

/** COOKIE_DOMAIN shares the log-in between sub-domains, at a price. */
export const cookies: Check = {
  name: 'cookies',
  healthy: 'cookies belong to one host and have the __Host- prefix in production',
  examine: ({ environment }) => {
    const domain = (environment.get('COOKIE_DOMAIN') ?? '').replace(/^\./, '').toLowerCase()
    if (domain === '') return []
    const host = hostOf(environment.get('APP_ORIGIN') ?? '')
    const isAbove = host === null || host === domain || host.endsWith(`.${domain}`)
    if (!isAbove) {
      return [
        problem(
          `COOKIE_DOMAIN is ${domain}, and APP_ORIGIN is not in it: browsers refuse the cookies, and nobody can log in.`,
          `COOKIE_DOMAIN=${host}, or none`,
        ),
      ]
    }

    return [
      advice(
        `COOKIE_DOMAIN is set: every sub-domain of ${domain} can plant cookies here.`,
        'Leave it out unless sub-domains share the log-in',
      ),
    ]
  },
}

function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).hostname : null
}

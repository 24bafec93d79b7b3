import { advice, type Check, type Finding, problem } from './check.js'

/** Links in mails are built from APP_ORIGIN and from nothing else. */
export const origin: Check = {
  name: 'origin',
  healthy: 'APP_ORIGIN is an origin',
  examine: ({ environment }) => examineOrigin(environment.get('APP_ORIGIN') ?? ''),
}

function examineOrigin(value: string): Finding[] {
  if (value === '') {
    return [
      advice(
        'APP_ORIGIN is not set, and production does not start without it.',
        'APP_ORIGIN=https://your.domain',
      ),
    ]
  }
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    return [
      problem(
        'APP_ORIGIN is no address, so the app does not start.',
        'APP_ORIGIN=https://your.domain',
      ),
    ]
  }
  const { origin: found, protocol, pathname, search } = new URL(value)
  if (pathname !== '/' || search !== '') {
    return [
      problem('APP_ORIGIN has a path, which links in mails leave out.', `APP_ORIGIN=${found}`),
    ]
  }

  return protocol === 'http:' && !isLocal(found)
    ? [
        problem(
          'APP_ORIGIN is http: links in mails would lead to a page that nobody can log in on.',
          `APP_ORIGIN=${found.replace('http:', 'https:')}`,
        ),
      ]
    : []
}

function isLocal(address: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0|.*\.(?:localhost|local|test))$/.test(
    new URL(address).hostname,
  )
}

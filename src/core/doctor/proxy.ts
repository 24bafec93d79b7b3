import { openSources } from '../facts/sources.js'
import { advice, type Check, problem } from './check.js'

/** Who a request comes from is what the limits count, and whether it is https what log-ins ask. */
export const proxy: Check = {
  name: 'proxy',
  healthy: 'the app says which proxies it believes',
  examine: ({ own, facts, environment }) => {
    const text = own.get(facts.fastify.file) ?? ''
    const everybody =
      environment.get('TRUST_PROXY') === 'true' || /\btrustProxy\s*:\s*true\b/.test(text)
    if (everybody) {
      return [
        problem(
          'The app believes whatever X-Forwarded-For says: an attacker who changes it is never limited.',
          'trustProxy: 1 for one proxy in front, or its address',
        ),
      ]
    }
    const { paths, textOf } = openSources(own)
    const saysSo = paths.some((path) => /\btrustProxy\b/.test(textOf(path)))

    return saysSo
      ? []
      : [
          advice(
            'fastify() gets no trustProxy: behind a proxy that ends TLS nobody can log in, and all visitors share one limit.',
            'fastify({ trustProxy: 1 }) behind one proxy, or its address',
          ),
        ]
  },
}

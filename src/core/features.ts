import type { Facts } from './facts/facts.js'
import { needsOldTypebox } from './facts/needs-old-typebox.js'
import { Problem } from './problem.js'
import { OLD_PASSWORDS } from './user-model/old-passwords.js'

/** Something a person can have or leave out. Its files are its own, so leaving it out is simple. */
export type Feature = {
  /** In kebab case, as it is typed. Templates ask for it in camel case: `features.magicLink`. */
  name: string
  /** What it gives, in a few words: the question in a terminal and a line of the help. */
  about: string
  byDefault: boolean
  /** The templates that are written only with it: a path, or a folder with a slash at its end. */
  templates: readonly string[]
}

export const FEATURES: readonly Feature[] = [
  {
    name: 'html',
    about: 'pages rendered on the server, besides the JSON answers',
    byDefault: true,
    templates: [
      'src/views/',
      'src/plugins/pages.ts',
      'src/routes/users/show-settings.ts',
      'test/pages/',
    ],
  },
  {
    name: 'magic-link',
    about: 'logging in with a link from a mail, without a password',
    byDefault: true,
    templates: [
      'src/accounts/magic-link.ts',
      'src/routes/users/confirm-login-link.ts',
      'src/routes/users/magic-link-controller.ts',
      'src/views/users/magic-link.ejs',
      'test/accounts/magic-link.test.ts',
      'test/pages/magic-link.test.ts',
      'test/routes/users/magic-link-controller.test.ts',
    ],
  },
  {
    name: 'reset-password',
    about: 'choosing a new password with a link from a mail',
    byDefault: true,
    templates: [
      'src/accounts/reset-password.ts',
      'src/routes/users/reset-password-controller.ts',
      'src/views/users/reset-password.ejs',
      'src/views/users/reset-password-token.ejs',
      'test/accounts/reset-password.test.ts',
      'test/pages/reset-password.test.ts',
      'test/routes/users/reset-password-controller.test.ts',
    ],
  },
  {
    name: 'email-change',
    about: 'changing the email, which the new address confirms',
    byDefault: true,
    templates: [
      'src/accounts/email-change.ts',
      'src/routes/users/email-change-controller.ts',
      'src/views/users/email-token.ejs',
      'src/views/users/settings-email.ejs',
      'test/accounts/email-change.test.ts',
      'test/pages/email-change.test.ts',
      'test/routes/users/email-change-controller.test.ts',
    ],
  },
  {
    name: 'devices',
    about: 'where somebody is logged in: a list of sessions, each of which can be ended',
    byDefault: true,
    templates: [
      'src/accounts/devices.ts',
      'src/plugins/devices.ts',
      'src/routes/users/devices-controller.ts',
      'src/views/users/devices.ejs',
      'test/accounts/devices.test.ts',
      'test/routes/users/devices-controller.test.ts',
      'test/pages/devices.test.ts',
    ],
  },
  {
    name: 'account-deletion',
    about: "deleting one's own account",
    byDefault: true,
    templates: [
      'src/accounts/account-deletion.ts',
      'src/routes/users/account-deletion-controller.ts',
      'test/routes/users/account-deletion-controller.test.ts',
      'test/pages/account-deletion.test.ts',
    ],
  },
]

export function defaultFeatures(): string[] {
  return FEATURES.filter(({ byDefault }) => byDefault).map(({ name }) => name)
}

/** The name of a feature as templates ask for it. */
export function switchOf(feature: string): string {
  return feature.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase())
}

/** A switch for each feature: on for those that are chosen. */
export function featureSwitches(chosen: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(FEATURES.map(({ name }) => [switchOf(name), chosen.includes(name)]))
}

/** The features without some of them, and with others. */
export function changedFeatures(
  features: readonly string[],
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
): string[] {
  const others = features.filter((name) => !add.includes(name) && !remove.includes(name))

  return [...others, ...add]
}

/** Fails for a name that is no feature. */
export function findFeature(name: string): Feature {
  const feature = FEATURES.find((candidate) => candidate.name === name)
  if (feature) return feature

  throw new Problem(
    `There is no feature called ${JSON.stringify(name)}.`,
    `Choose from: ${FEATURES.map((candidate) => candidate.name).join(', ')}.`,
    2,
  )
}

/** The cookie parser, and the plugins that bring it along: there can be only one. */
export const COOKIE_PLUGINS = ['@fastify/cookie', '@fastify/secure-session', '@fastify/oauth2']

/** What templates may ask, as `features.<name>`: the answers, and what the app has already. */
export function readSwitches(
  facts: Facts,
  answers: {
    features: readonly string[]
    existingModel: boolean
    isFirst: boolean
    numericId: boolean
    bigintId: boolean
    requiredFields: boolean
    uniqueFields: boolean
    decidedFields: boolean
    requiredPassword: boolean
    optionalEmail: boolean
    otherRowNames: boolean
    oldPasswords: boolean
  },
): Readonly<Record<string, boolean>> {
  const { provider } = facts.prisma

  return {
    ...featureSwitches(answers.features),
    existingUser: answers.existingModel,
    numericId: answers.numericId,
    bigintId: answers.bigintId,
    requiredFields: answers.requiredFields,
    uniqueFields: answers.uniqueFields,
    decidedFields: answers.decidedFields,
    requiredPassword: answers.requiredPassword,
    optionalEmail: answers.optionalEmail,
    userForAnswers: answers.otherRowNames || answers.bigintId,
    optionalPassword: !answers.requiredPassword,
    oldPasswords: answers.oldPasswords,
    oldBcrypt: answers.oldPasswords && facts.hashing !== null && facts.hashing !== 'argon2',
    // On a later run the app has argon2: ours.
    oldUnknown: answers.oldPasswords && (facts.hashing === null || facts.hashing === 'argon2'),
    // A second auth system is a guest in the session of the first one.
    ownCookie: answers.isFirst && !COOKIE_PLUGINS.some((name) => facts.registered.has(name)),
    ownSession:
      answers.isFirst && !facts.registered.has('@fastify/session') && !facts.secureSession,
    secureSession: facts.secureSession,
    ownFormbody: !facts.registered.has('@fastify/formbody'),
    swagger: facts.registered.has('@fastify/swagger'),
    ownView: !facts.registered.has('@fastify/view'),
    autoload: facts.fastify.shape === 'autoload',
    cjs: facts.modules === 'cjs',
    esm: facts.modules === 'esm',
    vitest: facts.tests.runner === 'vitest',
    testConfig: answers.isFirst && (facts.tests.lacksPaths || facts.tests.besideOther),
    testPaths: facts.tests.lacksPaths,
    besideOther: facts.tests.besideOther,
    otherScript: facts.tests.otherScript,
    nodeTest: facts.tests.runner === 'node:test',
    sqlite: provider === 'sqlite',
    postgresql: provider === 'postgresql' || provider === 'cockroachdb',
    mysql: provider === 'mysql',
    oldTypebox: needsOldTypebox(facts),
  }
}

/** Templates that are written only where a switch is on; everything else always is. */
const TEMPLATES_BY_SWITCH: readonly { switch: string; templates: readonly string[] }[] = [
  ...FEATURES.map(({ name, templates }) => ({ switch: switchOf(name), templates })),
  { switch: 'testConfig', templates: ['vitest.config.mts'] },
  {
    switch: 'ownSession',
    templates: ['src/plugins/session-store.ts', 'test/plugins/session-store.test.ts'],
  },
  { switch: 'oldPasswords', templates: [OLD_PASSWORDS.code] },
  { switch: 'oldBcrypt', templates: [OLD_PASSWORDS.test] },
]

/** Whether a template becomes a file of an app with these switches. */
export function isWritten(template: string, switches: Readonly<Record<string, boolean>>): boolean {
  return TEMPLATES_BY_SWITCH.every(
    ({ switch: name, templates }) => switches[name] || !templates.some(covers(template)),
  )
}

function covers(template: string): (pattern: string) => boolean {
  return (pattern) => (pattern.endsWith('/') ? template.startsWith(pattern) : template === pattern)
}

/**
 * Templates that become no file of their own: what they hold is added to a file that belongs to
 * the app. They lie where that file is in the default app.
 */
export const FRAGMENTS = {
  schema: 'prisma/schema.prisma',
  packages: 'package.json',
  environment: '.env.example',
  ignored: '_gitignore',
  manifest: '.create-auth/manifest.json',
} as const

const PATHS: ReadonlySet<string> = new Set(Object.values(FRAGMENTS))

export function isFragment(template: string): boolean {
  return PATHS.has(template)
}

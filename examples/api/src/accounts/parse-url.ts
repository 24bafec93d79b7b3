/** An address taken apart, null for what is none. As `URL.parse`, which Node has from 22 on. */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

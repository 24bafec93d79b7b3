/** Vitest takes options before the function since 1.3; before, a timeout stood after it. */
export function withTimeoutsLast(text: string): string {
  return text.replace(
    WITH_TIMEOUT,
    (_match, indent: string, start: string, timeout: string, body: string) =>
      `${indent}${start}${body}, ${timeout})`,
  )
}

// As templates are formatted: what opens at an indentation closes at the same one.
const WITH_TIMEOUT =
  /^( *)((?:test|describe)\(.*), \{ timeout: ([\d_]+) \}(, (?:async )?\(\) => \{\n[\s\S]*?^\1\})\)$/gm

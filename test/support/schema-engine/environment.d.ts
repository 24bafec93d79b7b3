export function engineEnvironment(env?: Record<string, string | undefined>): Record<string, string>

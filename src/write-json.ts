import type { Environment } from './environment.js'

/** Data for a program: the only thing on stdout with `--json`. */
export function writeJson(value: object, { stdout }: Pick<Environment, 'stdout'>): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

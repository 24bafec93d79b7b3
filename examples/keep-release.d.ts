export function keepRelease(root: string, ref: string): { version: string; kept: string[] }

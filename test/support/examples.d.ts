export const EXAMPLES: Readonly<Record<string, string[]>>
export function writeExample(name: string, folder: string): Promise<void>
export function committedFiles(folder: string): string[]

export type Target = { name: string; isButton: boolean; width: number; height: number }
export type ControlContrast = { name: string; border: number | null; ring: number }
export type Field = {
  name: string
  label: string
  autocomplete: string
  isInvalid: boolean
  description: string
}

export function measureTargets(): Target[]
export function measureControlContrast(): ControlContrast[]
export function describeFields(): Field[]
export function findMotion(): number
export function smuggleScript(): void

import { modulesIn } from './importers.js'
import { fileAt, type Sources } from './sources.js'

const MOCKED = /\bvi\.mock\(\s*(?:import\()?\s*['"]([^'"\n]+)['"]/g

/** The files of the app that have a stand-in in every test: what Vitest loads first mocks them. */
export function readStandIns(sources: Sources, setupFiles: readonly string[]): string[] {
  const isTest = new Set(sources.tests)
  const loaded = new Set(setupFiles.flatMap((path) => fileAt(sources.project, path) ?? []))
  for (const path of loaded) {
    const imported = resolved(sources, path, ...modulesIn(sources.textOf(path)))
    for (const file of imported.filter((name) => isTest.has(name))) loaded.add(file)
  }

  return [...loaded].flatMap((path) => {
    const mocked = [...sources.textOf(path).matchAll(MOCKED)].map(([, module = '']) => module)

    return resolved(sources, path, ...mocked)
  })
}

function resolved(sources: Sources, from: string, ...modules: readonly string[]): string[] {
  return modules.flatMap((module) => sources.resolve(from, module) ?? [])
}

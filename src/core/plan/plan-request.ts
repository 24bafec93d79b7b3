import type { Names } from '../names/names.js'
import type { Project } from '../project.js'
import type { AuthRecord } from '../record/record.js'
import type { Formatted } from '../render/formatting.js'
import type { Templates } from '../render/render-system.js'
import type { TestedPackages } from './packages.js'

export type PlanRequest = {
  project: Project
  /** What was read of the repository that the app is a part of, under paths that begin with `../`. */
  around?: Project
  record: AuthRecord
  names: Names
  features: readonly string[]
  /** Where the routes begin; after the plural when nobody said. */
  prefix?: string | undefined
  /** What `scaffold` writes, by template. */
  templates: Templates
  /** The same of earlier versions. */
  earlier?: readonly Templates[]
  /** The versions of packages come from here. */
  tested: TestedPackages
  /** The version of this command. */
  version: string
  /** A fresh one, for an app that has none yet. */
  secret: string
  /** What the app's own formatter made of the drafts of an earlier plan. */
  formatted?: Formatted
  /** What needs more than lines to merge is left as a conflict. */
  strict?: boolean
  /** The files and folders that the run is about; all, when it says nothing. */
  only?: readonly string[]
}

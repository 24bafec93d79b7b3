import { hasMarkers } from '../text.js'
import { type Check, type Finding, problem } from './check.js'

/** What a run left to a person, and what a merge left half done. */
export const unfinished: Check = {
  name: 'unfinished',
  healthy: 'no edit is left to make by hand, and no file holds markers',
  examine: ({ project, record, operations }) => {
    const ours = new Set(record.systems.flatMap(({ files }) => files.map(({ path }) => path)))
    const marked = [...ours].filter((path) => hasMarkers(project.get(path) ?? ''))

    return [
      ...marked.map(markers),
      ...operations.filter(({ verb }) => verb === 'by hand').map(byHand),
      ...operations.filter(({ verb }) => verb === 'taken').map(taken),
      ...operations
        .filter(({ verb, path }) => verb === 'conflict' && !marked.includes(path))
        .map(({ path }) => conflict(path)),
    ]
  },
}

function markers(path: string): Finding {
  return problem(
    `${path} holds conflict markers.`,
    'Choose between the sides (look for <<<<<<<), then run create-auth scaffold',
  )
}

function byHand({ path, note = '' }: { path: string; note?: string }): Finding {
  return problem(`${path}: ${note}`, 'create-auth status shows the text to paste')
}

function taken({ path }: { path: string }): Finding {
  return problem(
    `${path} is a file of yours, where one of the log-in would go.`,
    'Move it, then run create-auth scaffold',
  )
}

function conflict(path: string): Finding {
  return problem(
    `This version of create-auth changes ${path} where you changed it, too.`,
    'create-auth scaffold writes both, between markers',
  )
}

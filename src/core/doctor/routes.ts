import { printPlace } from '../facts/present/place.js'
import { clashBeside } from '../plan/beside-others.js'
import { readManifests } from '../plan/manifest.js'
import { type Check, problem } from './check.js'

/** A route can be there only once, or the app does not start. */
export const routes: Check = {
  name: 'routes',
  healthy: 'no route of the app stands where one of the log-in does',
  examine: ({ project, present }) =>
    readManifests(project).flatMap((manifest) => {
      const clash = clashBeside(manifest.routes, present)
      if (clash === null) return []

      return [
        problem(
          `The app answers ${clash.method} ${clash.path} itself (${printPlace(clash)}), and so does the log-in.`,
          'Rename that route, or move the log-in: create-auth scaffold --prefix /auth',
        ),
      ]
    }),
}

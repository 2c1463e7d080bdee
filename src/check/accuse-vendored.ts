import type { CopyState } from '../remedy/vendor-manifest.ts'
import { placeIn, type Accusation } from './accusation.ts'

/** Accuses files of vendored copies that are not as they were brought. */
export function accuseVendored(states: readonly CopyState[]): Accusation[] {
  return states.flatMap(({ edited, missing, added }) => [
    ...edited.map((path) => vendored(path, 'edited')),
    ...missing.map((path) => vendored(path, 'missing')),
    ...added.map((path) => vendored(path, 'added')),
  ])
}

function vendored(path: string, change: 'edited' | 'missing' | 'added'): Accusation {
  return {
    detail: { code: 'vendored-edited', path, change },
    places: [placeIn(path, undefined)],
  }
}

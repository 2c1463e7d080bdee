import type { CopyState, VendoredRepository } from '../remedy/vendor/manifest.ts'
import { placeIn, type Accusation } from './accusation.ts'
import type { VendoredChange } from './finding-detail.ts'

/** Accuses files of vendored copies that are not as they were brought. */
export function accuseVendored(states: readonly CopyState[]): Accusation[] {
  return states.flatMap(({ copy, edited, modes, missing, added }) => {
    const vendored = (path: string, change: VendoredChange): Accusation => ({
      detail: { code: 'vendored-edited', path, change, action: actionOf(copy) },
      places: [placeIn(path, undefined)],
    })
    return [
      ...edited.map((path) => vendored(path, 'edited')),
      ...modes.map((path) => vendored(path, 'mode')),
      ...missing.map((path) => vendored(path, 'missing')),
      ...added.map((path) => vendored(path, 'added')),
    ]
  })
}

/** An action by whose name the whole of a copy is brought back. */
function actionOf({ owner, repo, actions }: VendoredRepository): string {
  return [owner, repo, actions[0]?.path ?? ''].filter((part) => part !== '').join('/')
}

import type { Config } from '../config/config.ts'
import type { FileProblem } from '../domain/problem.ts'
import { placeAt, placeIn, type Accusation } from './accusation.ts'
import type { FindingDetail } from './finding-detail.ts'
import { inquiryOf, type OwnReference } from './own-reference.ts'
import { judgeShape } from './shape.ts'

/** Accuses files that could not be read or understood. */
export function accuseFiles(problems: readonly FileProblem[]): Accusation[] {
  return problems.map((problem) => ({
    detail:
      problem.code === 'lockfile'
        ? { code: 'lockfile', detail: 'the lockfile of actions could not be read' }
        : { code: 'not-understood', what: { kind: 'file', problem } },
    places: [placeIn(problem.file, 'position' in problem ? problem.position : undefined)],
  }))
}

/** Accuses own references of what is written there alone. */
export function accuseShapes(own: readonly OwnReference[], config: Config): Accusation[] {
  return own.flatMap((reference) => [
    ...accuseAt(reference, judgeShape(reference)),
    ...accuseOwner(reference, config),
  ])
}

/** Accuses a reference of an owner that the configuration does not allow. */
export function accuseOwner(reference: OwnReference, { allowsOwner }: Config): Accusation[] {
  const inquiry = inquiryOf(reference)
  if (inquiry === undefined || allowsOwner(inquiry.reference.owner)) return []
  return accuseAt(reference, { code: 'owner-not-allowed', owner: inquiry.reference.owner })
}

/** Accuses a reference, where it stands. */
export function accuseAt(reference: OwnReference, detail: FindingDetail | undefined): Accusation[] {
  return detail === undefined ? [] : [{ detail, places: [placeAt(reference)] }]
}

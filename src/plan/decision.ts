import type { SiteProblem } from '../domain/problem.ts'
import { actionName, type RemoteReference } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { CorrectedLabel } from '../resolve/label.ts'
import type { Answer, Upgrade } from '../resolve/resolve.ts'
import type { Site } from '../yaml/locate.ts'
import { breaksWhenPinned, inputReadFromRef, type Exemption, type Policy } from './policy.ts'

/** What becomes of one site. */
export type Decision =
  | Pin
  | Vendored
  | Inside
  | { readonly kind: 'image' }
  /** Left as it is on purpose. */
  | { readonly kind: 'exempt'; readonly exemption: Exemption }
  | { readonly kind: 'left'; readonly problem: SiteProblem }

/** A pin, made or kept: the ref becomes `commit` and the label `label`, unless they are that already. */
export interface Pin {
  readonly kind: 'pin'
  readonly commit: CommitSha
  /** `undefined` where nothing honest can be said. */
  readonly label: string | undefined
  /** Whether an earlier label stands there, which this one replaces. */
  readonly hasLabel: boolean
  readonly notes: readonly Note[]
}

/** `./` and `$/`: the repository's own, as immutable as the file they stand in. */
export interface Inside {
  readonly kind: 'inside'
}

/** A copy of the action in the repository itself: its reference takes the place of the whole text, and no label goes with it. */
export interface Vendored {
  readonly kind: 'vendored'
  /** `$/.github/actions/…`, or the same with `./`. */
  readonly reference: string
  /** What was copied. */
  readonly commit: CommitSha
  readonly label: string | undefined
  /** Whether an earlier label stands there, which is taken away. */
  readonly hasLabel: boolean
  readonly notes: readonly Note[]
}

/** Something about a pin that its owner should know. */
export type Note =
  | { readonly kind: 'renamed'; readonly to: string }
  | { readonly kind: 'reads-own-ref'; readonly input: string; readonly ref: string }
  | { readonly kind: 'was-tag-object' }
  | { readonly kind: 'label-corrected'; readonly untrue: CorrectedLabel }
  | { readonly kind: 'no-label' }
  | ({ readonly kind: 'upgraded' } & Upgrade)

/** Decides what needs no answer from GitHub; else returns the reference that has to be resolved. */
export function decideOffline(
  file: string,
  site: Site,
  policy: Policy,
): Decision | RemoteReference {
  const { reference } = site
  if (typeof reference === 'string')
    return {
      kind: 'left',
      problem: { code: 'not-understood', fault: reference, ...placeOf(file, site) },
    }
  if (reference.kind === 'image') return { kind: 'image' }
  if (reference.kind === 'local' || reference.kind === 'self') return { kind: 'inside' }
  const exemption = findExemption(file, site, reference, policy)
  return exemption === undefined ? reference : { kind: 'exempt', exemption }
}

/** Decides what becomes of a site now that its repository has answered. */
export function decide(
  file: string,
  site: Site,
  reference: RemoteReference,
  answer: Answer,
  policy: Pick<Policy, 'branches'>,
): Decision {
  const { resolution, label } = answer
  const place = placeOf(file, site)
  if (resolution.kind !== 'commit' && resolution.kind !== 'tag-object')
    return { kind: 'left', problem: { code: 'unresolved', resolution, ...place } }
  if (policy.branches === 'deny' && resolution.kind === 'commit' && resolution.through === 'branch')
    return {
      kind: 'left',
      problem: { code: 'branch-denied', tag: tagBeside(reference, answer), ...place },
    }
  if (label?.kind === 'untrue') {
    const { label: written, actual } = label.untrue
    const problem: SiteProblem =
      actual === undefined
        ? { code: 'label-gone', label: written, ...place }
        : { code: 'label-mismatch', label: written, actual, ...place }
    return { kind: 'left', problem }
  }
  return {
    kind: 'pin',
    commit: resolution.commit,
    label: label?.kind === 'write' || label?.kind === 'keep' ? label.label : undefined,
    hasLabel: answer.hasLabel,
    notes: makeNotes(site, reference, answer),
  }
}

/** Where a site's problem is placed. */
export function placeOf(
  file: string,
  { position, text }: Site,
): Pick<SiteProblem, 'file' | 'position' | 'reference'> {
  return { file, position, reference: text }
}

function findExemption(
  file: string,
  site: Site,
  reference: RemoteReference,
  policy: Policy,
): Exemption | undefined {
  if (site.ignore !== undefined) return { kind: 'comment', directive: site.ignore }
  if (!policy.selects(actionName(reference))) return { kind: 'not-selected' }
  const reason = policy.reasonToIgnore?.(`${actionName(reference)}@${reference.ref.text}`)
  if (reason !== undefined) return { kind: 'configured', reason }
  if (policy.isLocked(file)) return { kind: 'locked' }
  if (reference.ref.kind === 'name' && breaksWhenPinned(reference))
    return { kind: 'breaks-when-pinned' }
  return undefined
}

/** The version tag that a branch's tip has, where it has one: else its label is its own name. */
function tagBeside(reference: RemoteReference, { label }: Answer): string | undefined {
  const name = reference.ref.kind === 'name' ? reference.ref.name : undefined
  return label?.kind === 'write' && label.label !== name ? label.label : undefined
}

function makeNotes(
  site: Site,
  reference: RemoteReference,
  { resolution, label, renamedTo, upgrade }: Answer,
): Note[] {
  const notes: Note[] = []
  if (upgrade !== undefined) notes.push({ kind: 'upgraded', ...upgrade })
  if (renamedTo !== undefined) notes.push({ kind: 'renamed', to: renamedTo })
  if (resolution.kind === 'tag-object') notes.push({ kind: 'was-tag-object' })
  const input = reference.ref.kind === 'name' ? inputReadFromRef(reference) : undefined
  if (input !== undefined && !site.inputs.includes(input))
    notes.push({ kind: 'reads-own-ref', input, ref: reference.ref.text })
  if (label?.kind === 'write' && label.corrects !== undefined)
    notes.push({ kind: 'label-corrected', untrue: label.corrects })
  if (label?.kind === 'none') notes.push({ kind: 'no-label' })
  return notes
}

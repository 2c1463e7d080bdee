import type { RemoteReference } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { Pin } from '../plan/decision.ts'
import { groupByLabelLine, type LabelGroup } from '../plan/label-group.ts'
import { planFile, type FilePlan, type FileToPlan } from '../plan/plan.ts'
import type { Policy } from '../plan/policy.ts'
import { labelForPin, writtenLabel } from '../resolve/label.ts'
import { noAnswers, type Told } from '../resolve/resolve.ts'
import type { Span } from '../domain/span.ts'
import type { Site } from '../yaml/locate.ts'
import type { FindingDetail } from './finding-detail.ts'
import type { Fix } from './finding.ts'
import { inquiryOf, type OwnReference } from './own-reference.ts'

/** What can be mended without moving a pin to another version, planned and checked, file by file. */
export interface Fixes {
  /** Only files in which something is to be mended. */
  readonly plans: readonly FilePlan[]
  /** What mends an accusation of a site. */
  readonly of: (detail: FindingDetail, site: Site | undefined) => Fix | undefined
}

/** A site with what it is accused of. */
export interface Accused {
  readonly reference: OwnReference
  readonly detail: FindingDetail
}

/**
 * Plans what mends the accused: labels that are missing, vague or untrue, the ids of tags, and shortened SHAs. A tag or a branch is
 * not pinned, and a file that GitHub's lockfile lists not touched.
 */
export function planFixes(
  files: readonly FileToPlan[],
  accused: readonly Accused[],
  told: Told['by'],
  policy: Pick<Policy, 'comments' | 'isLocked'>,
): Fixes {
  const decisions = new Map<Site, Pin>()
  const details = new Map<Site, FindingDetail>()
  for (const { reference, detail } of accused) {
    const decision = policy.isLocked(reference.file) ? undefined : mend(reference, detail, told)
    if (decision === undefined) continue
    decisions.set(reference.site, decision)
    details.set(reference.site, detail)
  }
  const planned = files.flatMap((file) => planOne(file, decisions, policy))
  const fixes = new Map(planned.flatMap(({ fixes: ofFile }) => [...ofFile]))
  return {
    plans: planned.map(({ plan }) => plan),
    of: (detail, site) =>
      site === undefined || details.get(site) !== detail ? undefined : fixes.get(site),
  }
}

function mend(reference: OwnReference, detail: FindingDetail, told: Told['by']): Pin | undefined {
  const inquiry = inquiryOf(reference)
  if (inquiry === undefined) return undefined
  if (detail.code === 'short-sha')
    return detail.expansion?.kind === 'commit'
      ? mendCommit(inquiry.reference, reference, detail.expansion.commit, told)
      : undefined
  if (inquiry.reference.ref.kind !== 'sha') return undefined
  const { sha } = inquiry.reference.ref
  const hasLabel = reference.comment.kind === 'label'
  switch (detail.code) {
    case 'label-missing':
      return detail.label === undefined ? undefined : pin(sha, detail.label, false)
    case 'label-vague':
      return detail.exact === undefined ? undefined : pin(sha, detail.exact, hasLabel)
    case 'label-mismatch':
      return detail.truth === undefined ? undefined : pin(sha, detail.truth, hasLabel)
    case 'tag-object':
      return mendCommit(inquiry.reference, reference, detail.commit, told)
    case 'unpinned':
    case 'nested-unpinned':
    case 'label-gone':
    case 'unknown-commit':
    case 'impostor-commit':
    case 'moved-tag':
    case 'mass-moved-tags':
    case 'ambiguous-ref':
    case 'vulnerable':
    case 'archived':
    case 'renamed':
    case 'vendored-edited':
    case 'lockfile':
    case 'unpinned-image':
    case 'breaks-when-pinned':
    case 'not-understood':
    case 'undetermined':
    case 'owner-not-allowed':
    case 'ignore-expired':
      return undefined
  }
}

/** The commit in place of what stands for it, with its label; one that is not true stays, to be judged with the commit. */
function mendCommit(
  reference: RemoteReference,
  { comment }: OwnReference,
  commit: CommitSha,
  told: Told['by'],
): Pin {
  const refs = told(reference)
  if (refs?.kind !== 'refs') return pin(commit, undefined, false)
  const verdict = labelForPin(commit, comment, refs, reference.path)
  const label = verdict.kind === 'write' || verdict.kind === 'keep' ? verdict.label : undefined
  return pin(commit, label, writtenLabel(commit, comment, refs) !== undefined)
}

function pin(commit: CommitSha, label: string | undefined, hasLabel: boolean): Pin {
  return { kind: 'pin', commit, label, hasLabel, notes: [] }
}

function planOne(
  { path, located }: FileToPlan,
  all: ReadonlyMap<Site, Pin>,
  { comments }: Pick<Policy, 'comments'>,
): { readonly plan: FilePlan; readonly fixes: ReadonlyMap<Site, Fix> }[] {
  const decisions = new Map(
    located.sites.flatMap((site) => {
      const decision = all.get(site)
      return decision === undefined ? [] : [[site, decision] as const]
    }),
  )
  if (decisions.size === 0) return []
  const groups = groupByLabelLine(located.sites)
  const plan = planFile({ path, located, groups, decisions, open: new Map() }, noAnswers, {
    comments,
    selects: () => true,
    isLocked: () => false,
  })
  const fixes = groups.flatMap((group) => {
    const fix = fixIn(plan, group)
    return fix === undefined
      ? []
      : group.sites.flatMap((site) => (decisions.has(site) ? [[site, fix] as const] : []))
  })
  return [{ plan, fixes: new Map(fixes) }]
}

/** The edits of one line, and of the refs whose labels stand on it: they are made together. */
function fixIn({ edits }: FilePlan, { line, sites }: LabelGroup): Fix | undefined {
  const spans: Span[] = [
    line,
    ...sites.flatMap(({ refSpan }) => (typeof refSpan === 'object' ? [refSpan] : [])),
  ]
  const own = edits.filter(({ span }) =>
    spans.some(({ start, end }) => start <= span.start && span.end <= end),
  )
  return own.length === 0 ? undefined : { edits: own }
}

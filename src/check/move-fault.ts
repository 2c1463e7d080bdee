import type { Finding, FindingCode } from './finding.ts'

/** Which finding at a pin keeps it from moving on: its own label, or its own commit, is not what it says. */
export function faultOfPin(findings: readonly Finding[]): Finding | undefined {
  return findings.find((finding) => isOwn(finding) && isPinFault(finding))
}

/** Which finding at a pin to a moving target keeps it from being taken: that a tree was no better before excuses it. */
export function faultOfTarget(
  findings: readonly Finding[],
  before: readonly Finding[],
): Finding | undefined {
  const known = new Set(before.filter((finding) => !isOwn(finding)).map(subjectOf))
  const faults = findings.filter(
    (finding) => isTargetFault(finding) && (isOwn(finding) || !known.has(subjectOf(finding))),
  )
  return faults.find((fault) => !isTreeFault(fault)) ?? faults[0]
}

/** Whether a fault is of what a target uses, and not of the target: an older one may be without it. */
export function isTreeFault({ detail, chain }: Finding): boolean {
  return chain.length > 1 || (detail.code === 'undetermined' && detail.what.kind === 'nested')
}

/** The code of a finding by which a commit is not to be pinned, not even for a tag that names it today. */
export function suspicion(findings: readonly Finding[]): Suspicion | undefined {
  return SUSPICIONS.find((code) =>
    findings.some((finding) => isOwn(finding) && finding.detail.code === code),
  )
}

const SUSPICIONS = ['impostor-commit', 'mass-moved-tags', 'unknown-commit'] as const

type Suspicion = (typeof SUSPICIONS)[number]

function isPinFault({ detail }: Finding): boolean {
  switch (detail.code) {
    case 'undetermined':
      return NOT_OF_PIN.every((kind) => kind !== detail.what.kind)
    case 'short-sha':
    case 'tag-object':
    case 'label-mismatch':
    case 'label-gone':
    case 'unknown-commit':
    case 'impostor-commit':
    case 'moved-tag':
    case 'mass-moved-tags':
    case 'ambiguous-ref':
    case 'not-understood':
    case 'unpinned':
      return true
    case 'vulnerable':
    case 'nested-unpinned':
    case 'label-missing':
    case 'label-vague':
    case 'archived':
    case 'renamed':
    case 'vendored-edited':
    case 'lockfile':
    case 'unpinned-image':
    case 'breaks-when-pinned':
    case 'owner-not-allowed':
    case 'ignore-expired':
      return false
  }
}

/** Checks of which it does not matter for moving away that they could not be made. */
const NOT_OF_PIN = ['advisories', 'vulnerability', 'nested'] as const

function isTargetFault(finding: Finding): boolean {
  return isPinFault(finding) || MORE_FAULTS.has(finding.detail.code)
}

/** Whether an older target may be without a fault, and so be taken: not where somebody seems to have tampered with the repository. */
export function isOfOneVersion(fault: Finding): boolean {
  return isTreeFault(fault) || fault.detail.code === 'vulnerable'
}

/** What keeps a pin from being moved to, and not from being moved away from. */
const MORE_FAULTS: ReadonlySet<FindingCode> = new Set([
  'vulnerable',
  'undetermined',
  'nested-unpinned',
])

function isOwn({ chain }: Finding): boolean {
  return chain.length <= 1
}

/** What is wrong with which action, at whatever commit. */
function subjectOf({ detail, chain }: Finding): string {
  const [action] = (chain.at(-1) ?? '').split('@')
  const about = detail.code === 'vulnerable' ? detail.vulnerability.id : ''
  return JSON.stringify([detail.code, action, about])
}

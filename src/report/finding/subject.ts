import type { Finding } from '../../check/finding.ts'

/** Whether what is accused stands in the manifest of somebody else. */
export function isNested({ chain }: Pick<Finding, 'chain'>): boolean {
  return chain.length > 1
}

/** The reference that is accused, as written where it stands. */
export function accusedReference({ chain, reference }: Finding): string {
  return chain.at(-1) ?? reference ?? ''
}

/** The repository's own reference that leads there. */
export function entryOf({ chain, reference }: Finding): string {
  return chain[0] ?? reference ?? ''
}

/** `owner/repo` of the accused reference. */
export function repositoryOf(finding: Finding): string {
  return actionOf(accusedReference(finding)).split(/[\\/]/).filter(Boolean).slice(0, 2).join('/')
}

/** What stands behind the `@` of the accused reference. */
export function refOf(finding: Finding): string {
  return accusedReference(finding).split('@')[1] ?? ''
}

/** A reference without its ref. */
export function actionOf(reference: string): string {
  return reference.split('@')[0] ?? reference
}

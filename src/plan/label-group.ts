import { parseComment, type Comment, type SiteComment } from '../domain/comment.ts'
import { parseRefName } from '../domain/ref.ts'
import { actionName } from '../domain/reference.ts'
import type { LabelLine } from '../yaml/label-line.ts'
import type { Site } from '../yaml/locate.ts'

/** The sites that share the comment of one line, in their order on it. */
export interface LabelGroup {
  readonly line: LabelLine
  readonly comment: Comment
  readonly sites: readonly Site[]
}

/** Groups the sites that can have a label by the line that takes it. */
export function groupByLabelLine(sites: readonly Site[]): LabelGroup[] {
  const groups = new Map<number, Site[]>()
  for (const site of sites) {
    if (typeof site.reference === 'string' || !('ref' in site.reference)) continue
    const { line } = site.labelLine
    groups.set(line, [...(groups.get(line) ?? []), site])
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    if (first === undefined) return []
    const { labelLine } = first
    const comment = parseComment(labelLine.comment?.text ?? '')
    const theirs: Comment = isAbout(comment, members) ? comment : { kind: 'prose' }
    return [{ line: labelLine, comment: theirs, sites: members }]
  })
}

/** Whether a comment that names actions names one of these sites. */
function isAbout(comment: Comment, sites: readonly Site[]): boolean {
  const isNamed = (name: string): boolean => sites.some((site) => isSameName(nameOf(site), name))
  if (comment.kind === 'several') return comment.labels.some(({ name }) => isNamed(name))
  return comment.kind !== 'label' || comment.of === undefined || isNamed(comment.of)
}

// GitHub ignores case in owners and repositories; that paths compare so, too, does no harm here.
function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/**
 * What the comment of a group's line says of one of its sites. Where several references share the line, only
 * the form that names them says anything of one.
 */
export function commentFor(site: Site, { comment, sites }: LabelGroup): SiteComment {
  if (comment.kind !== 'several') return sites.length === 1 ? comment : { kind: 'prose' }
  const name = nameOf(site)
  const entries = comment.labels.filter((entry) => isSameName(entry.name, name))
  const bearers = sites.filter((other) => isSameName(nameOf(other), name) && isPinned(other))
  const label = parseRefName(entries[bearers.indexOf(site)]?.label ?? '')
  // Fewer labels than pins: which is whose cannot be told.
  if (label === undefined || entries.length !== bearers.length) return { kind: 'prose' }
  return { kind: 'label', label, form: 'plain', certain: true, of: name, length: comment.length }
}

// What was left unpinned bears no label.
function isPinned({ reference }: Site): boolean {
  return typeof reference === 'object' && 'ref' in reference && reference.ref.kind === 'sha'
}

/** What a label calls a site that can have one: `owner/repo[/path]`, without a path that a list could not hold. */
export function nameOf({ reference }: Site): string {
  if (typeof reference !== 'object' || !('ref' in reference)) return ''
  const name = actionName(reference)
  return /[\s#,]/.test(name) ? `${reference.owner}/${reference.repo}` : name
}

import type { EditObstacle, FileProblem } from '../domain/problem.ts'
import type { RemoteReference } from '../domain/reference.ts'
import type { Inquiry } from '../resolve/question.ts'
import type { Answers } from '../resolve/resolve.ts'
import { applyEdits, type TextEdit } from '../yaml/edit.ts'
import type { LocatedFile, Site } from '../yaml/locate.ts'
import type { ParsedText } from '../yaml/parse.ts'
import { verifyEdits, type Verified } from '../yaml/verify.ts'
import {
  decide,
  decideOffline,
  placeOf,
  type Decision,
  type Inside,
  type Pin,
  type Vendored,
} from './decision.ts'
import { commentFor, groupByLabelLine, type LabelGroup } from './label-group.ts'
import { planComment, planCopy, planRef } from './plan-line.ts'
import type { Policy } from './policy.ts'

/** A file whose sites were found. */
export interface FileToPlan {
  /** As messages name it. */
  readonly path: string
  readonly located: LocatedFile
}

/** What becomes of a file: nothing of it is written yet. */
export interface FilePlan {
  readonly path: string
  readonly sites: readonly PlannedSite[]
  readonly before: string
  /** The same as `before` where nothing is to do. */
  readonly after: string
  /** `after`, parsed. */
  readonly parsedAfter: ParsedText
  /** What makes `after` of `before`. */
  readonly edits: readonly TextEdit[]
  /** Why the whole file is left, though something was to do. */
  readonly problem: FileProblem | undefined
}

/** A site with what becomes of it. */
export interface PlannedSite {
  readonly site: Site
  readonly decision: Decision
  readonly change: 'pinned' | 'vendored' | 'relabelled' | 'none'
}

/** A file with what could be decided offline, and the inquiries for the rest. */
export interface FileDraft extends FileToPlan {
  readonly groups: readonly LabelGroup[]
  readonly decisions: ReadonlyMap<Site, Decision>
  readonly open: ReadonlyMap<Site, Inquiry>
}

/** Decides what needs no answer from GitHub, and says what to ask. */
export function draftFile(file: FileToPlan, policy: Policy): FileDraft {
  const groups = groupByLabelLine(file.located.sites)
  const groupOf = new Map(
    groups.flatMap((group) => group.sites.map((site) => [site, group] as const)),
  )
  const decisions = new Map<Site, Decision>()
  const open = new Map<Site, Inquiry>()
  for (const site of file.located.sites) {
    const decision = decideOffline(file.path, site, policy)
    if (!isReference(decision)) decisions.set(site, decision)
    else {
      const group = groupOf.get(site)
      open.set(site, {
        reference: decision,
        comment: group ? commentFor(site, group) : { kind: 'prose' },
      })
    }
  }
  return { ...file, groups, decisions, open }
}

/** Which copy in the repository itself takes the place of a pin, or of another copy, if any. */
export type FindCopy = (file: string, site: Site, decision: Pin | Inside) => Vendored | undefined

/** Decides the rest of a file, and plans and checks the edits. */
export function planFile(
  draft: FileDraft,
  answers: Answers,
  policy: Policy,
  findCopy: FindCopy = () => undefined,
): FilePlan {
  const { path, located, groups } = draft
  const { text } = located.parsed
  const decisions = new Map(draft.decisions)
  for (const [site, inquiry] of draft.open) {
    const decision = decide(path, site, inquiry.reference, answers.of(inquiry), policy)
    const copy = decision.kind === 'pin' ? findCopy(path, site, decision) : undefined
    decisions.set(site, copy ?? decision)
  }

  const changes = new Map<Site, PlannedSite['change']>()
  const refEdits: TextEdit[] = []
  const commentEdits: TextEdit[] = []
  for (const group of groups) {
    const planned = planGroup(path, text, group, decisions, policy)
    refEdits.push(...planned.refs.values())
    commentEdits.push(...planned.comment)
    for (const site of group.sites) {
      const change = decisions.get(site)?.kind === 'vendored' ? 'vendored' : 'pinned'
      if (isTaken(site, decisions))
        changes.set(
          site,
          planned.refs.has(site) ? change : planned.comment.length > 0 ? 'relabelled' : 'none',
        )
    }
  }
  for (const [site, decision] of draft.decisions) {
    const copy = decision.kind === 'inside' ? findCopy(path, site, decision) : undefined
    if (copy === undefined) continue
    const edit = planCopy(site, copy)
    decisions.set(site, typeof edit === 'string' ? notEditable(path, site, edit) : copy)
    if (typeof edit === 'string') continue
    refEdits.push(edit)
    changes.set(site, 'vendored')
  }

  const edits = [...refEdits, ...commentEdits]
  const after = applyEdits(text, edits)
  const verified: Verified =
    after === text
      ? { kind: 'verified', parsed: located.parsed }
      : verifyEdits(located.parsed, after, refEdits)
  const isGood = verified.kind === 'verified'
  const sites = located.sites.flatMap((site) => {
    const decision = decisions.get(site)
    const change = isGood ? (changes.get(site) ?? 'none') : 'none'
    return decision === undefined ? [] : [{ site, decision, change }]
  })
  const planned = { path, sites, before: text }
  if (isGood) return { ...planned, after, parsedAfter: verified.parsed, edits, problem: undefined }
  const problem: FileProblem = { code: 'edit-refused', file: path, detail: verified.detail }
  return { ...planned, after: text, parsedAfter: located.parsed, edits: [], problem }
}

/** Whether a site of the file, or the whole of it, is left though it should be pinned. */
export function isIncomplete({ sites, problem }: FilePlan): boolean {
  return problem !== undefined || sites.some(({ decision }) => decision.kind === 'left')
}

/** Plans one line. What turns out not to be editable is decided anew, as left. */
function planGroup(
  path: string,
  text: string,
  group: LabelGroup,
  decisions: Map<Site, Decision>,
  policy: Policy,
): { readonly refs: ReadonlyMap<Site, TextEdit>; readonly comment: readonly TextEdit[] } {
  const refs = new Map<Site, TextEdit>()
  const leave = (site: Site, reason: EditObstacle): void => {
    refs.delete(site)
    decisions.set(site, notEditable(path, site, reason))
  }
  const pins = group.sites.flatMap((site) => {
    const decision = decisions.get(site)
    return decision?.kind === 'pin' || decision?.kind === 'vendored' ? [{ site, decision }] : []
  })
  for (const { site, decision } of pins) {
    const edit = decision.kind === 'pin' ? planRef(site, decision) : planCopy(site, decision)
    if (typeof edit === 'string') leave(site, edit)
    else if (edit !== undefined) refs.set(site, edit)
  }
  if (!group.sites.some((site) => isTaken(site, decisions))) return { refs, comment: [] }
  const comment = planComment(text, group, decisions, policy.comments)
  if (comment.length === 0 || group.line.takesComment) return { refs, comment }
  for (const { site } of pins)
    if (decisions.get(site)?.kind === 'pin') leave(site, 'no-room-for-label')
  return { refs, comment: [] }
}

function notEditable(path: string, site: Site, reason: EditObstacle): Decision {
  return { kind: 'left', problem: { code: 'not-editable', reason, ...placeOf(path, site) } }
}

/** Whether a site is pinned, or gives way to a copy. */
function isTaken(site: Site, decisions: ReadonlyMap<Site, Decision>): boolean {
  const kind = decisions.get(site)?.kind
  return kind === 'pin' || kind === 'vendored'
}

function isReference(decision: Decision | RemoteReference): decision is RemoteReference {
  return 'ref' in decision
}

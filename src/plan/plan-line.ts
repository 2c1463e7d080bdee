import { formatLabels } from '../domain/comment.ts'
import { isBoundToLine } from '../domain/directive.ts'
import type { EditObstacle } from '../domain/problem.ts'
import type { TextEdit } from '../yaml/edit.ts'
import type { LabelLine } from '../yaml/label-line.ts'
import type { Site } from '../yaml/locate.ts'
import type { Decision, Pin, Vendored } from './decision.ts'
import { commentFor, nameOf, type LabelGroup } from './label-group.ts'
import type { Policy } from './policy.ts'

/** The edit that puts the commit in place of a site's ref: `undefined` where it stands there. */
export function planRef(
  { reference, refSpan }: Site,
  { commit }: Pin,
): TextEdit | EditObstacle | undefined {
  if (typeof reference !== 'object' || !('ref' in reference) || refSpan === undefined)
    return undefined
  const { text } = reference.ref
  if (text === commit) return undefined
  if (typeof refSpan === 'string') return refSpan
  return { span: refSpan, expected: text, replacement: commit }
}

/** The edit that puts a copy in place of the whole of a site's reference. */
export function planCopy(
  { text, textSpan }: Site,
  { reference }: Vendored,
): TextEdit | EditObstacle {
  if (typeof textSpan === 'string') return textSpan
  return { span: textSpan, expected: text, replacement: reference }
}

/** The edits that make a line's comment what it should be: none where it is. */
export function planComment(
  text: string,
  group: LabelGroup,
  decisions: ReadonlyMap<Site, Decision>,
  comments: Policy['comments'],
): TextEdit[] {
  const { codeEnd, end, comment, ...line } = group.line
  const written = comment?.text ?? ''
  const wanted = wantedLabel(group, decisions)
  const earlier = written.slice(0, earlierLength(group, decisions))
  const persons = written.slice(earlier.length).trimStart()

  // Without a label, a person's comment is in nobody's way.
  if (wanted === '' && group.sites.some((site) => isVendored(site, decisions)))
    return earlier === '' ? [] : [removeLabel(text, group.line, persons)]
  if (comments === 'above' && persons !== '' && canMoveAbove(group.line, persons)) {
    const above = edit(text, line.start, line.start, `${line.indent}${persons}${line.eol}`)
    const label = wanted === '' ? '' : ` ${wanted}`
    return [
      above,
      edit(
        text,
        codeEnd,
        end,
        wanted === earlier ? text.slice(codeEnd, end - persons.length).trimEnd() : label,
      ),
    ]
  }
  if (wanted === '' || wanted === earlier || isSaid(group, wanted)) return []
  const labelEnd = earlier === '' ? codeEnd : (comment?.start ?? codeEnd) + earlier.length
  return [edit(text, codeEnd, labelEnd, ` ${wanted}`)]
}

// Nothing may come between a comment that steers a tool and the line that it is about.
function canMoveAbove({ takesCommentAbove, commentAbove }: LabelLine, persons: string): boolean {
  return takesCommentAbove && !isBoundToLine(persons) && !isBoundToLine(commentAbove ?? '')
}

/** What a person wrote stays where it stands, but for the blanks that kept it from the label. */
function removeLabel(
  text: string,
  { codeEnd, end, comment }: LabelLine,
  persons: string,
): TextEdit {
  return persons === ''
    ? edit(text, codeEnd, end, '')
    : edit(text, comment?.start ?? codeEnd, end - persons.length, '')
}

function isVendored(site: Site, decisions: ReadonlyMap<Site, Decision>): boolean {
  return decisions.get(site)?.kind === 'vendored'
}

/** The labels that the line should bear: those of its pins, and what it says already of its other sites. */
function wantedLabel(group: LabelGroup, decisions: ReadonlyMap<Site, Decision>): string {
  const sites = group.sites.filter((site) => !isVendored(site, decisions))
  const labels = sites.flatMap((site) => {
    const decision = decisions.get(site)
    const said = commentFor(site, group)
    const kept = said.kind === 'label' && group.sites.length > 1 ? said.label : undefined
    const label = decision?.kind === 'pin' ? decision.label : kept
    return label === undefined ? [] : [{ name: nameOf(site), label }]
  })
  const [first] = labels
  if (first === undefined) return ''
  return sites.length === 1 ? `# ${first.label}` : formatLabels(labels)
}

function earlierLength(
  { comment, sites }: LabelGroup,
  decisions: ReadonlyMap<Site, Decision>,
): number {
  if (comment.kind === 'several') return comment.length
  const [site] = sites
  const decision = site && sites.length === 1 ? decisions.get(site) : undefined
  const hasLabel = (decision?.kind === 'pin' || decision?.kind === 'vendored') && decision.hasLabel
  return comment.kind === 'label' && hasLabel ? comment.length : 0
}

/** Whether a person's comment begins with the very label. */
function isSaid({ comment, sites }: LabelGroup, wanted: string): boolean {
  return sites.length === 1 && comment.kind === 'leading' && wanted === `# ${comment.label}`
}

function edit(text: string, start: number, end: number, replacement: string): TextEdit {
  return { span: { start, end }, expected: text.slice(start, end), replacement }
}

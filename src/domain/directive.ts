/** A comment by which a person tells pinsmith, or a tool it honours, to leave a reference as it is. */
export interface IgnoreDirective {
  readonly by: 'pinsmith' | 'zizmor' | 'ratchet'
  /** What the person gave as the reason; empty where nothing. */
  readonly reason: string
}

const PINSMITH = /#[ \t]*pinsmith:[ \t]*ignore\b[ \t:-]*(?:\(([^)]*)\)|((?:(?![ \t]#[ \t]).)*))/
const ZIZMOR = /#[ \t]*zizmor:[ \t]*ignore\[([\w\s,-]*)\]/
const RATCHET = /#[ \t]*ratchet:exclude\b/
// Other tools' comments, which mean something only on the line where they stand.
const BOUND =
  /#[ \t]*(?:zizmor|yamllint|nosemgrep|checkov|pinsmith|ratchet|renovate|actionlint|trunk-ignore)\b/

/** Finds an ignore directive in a comment: ours, zizmor's for `unpinned-uses`, or ratchet's. */
export function parseIgnore(comment: string): IgnoreDirective | undefined {
  const own = PINSMITH.exec(comment)
  if (own !== null) return { by: 'pinsmith', reason: (own[1] ?? own[2] ?? '').trim() }
  const rules = ZIZMOR.exec(comment)?.[1]?.split(',') ?? []
  if (rules.some((rule) => rule.trim() === 'unpinned-uses')) return { by: 'zizmor', reason: '' }
  return RATCHET.test(comment) ? { by: 'ratchet', reason: '' } : undefined
}

/** Whether a comment steers a tool by the line it stands on, so that moving it would break it. */
export function isBoundToLine(comment: string): boolean {
  return BOUND.test(comment)
}

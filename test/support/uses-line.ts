/** A line that holds a reference, taken apart by its letters alone. */
const USES =
  /^(?<head>\s*(?:- +)?(?:\{ *)?["']?uses["']?\s*:\s*(?:&\S+\s+)?["']?)(?<name>[\w.-]+\/[\w./-]+)@(?<ref>[^\s"'#,}\]]+)(?<tail>.*)$/

export interface UsesLine {
  readonly head: string
  readonly name: string
  readonly ref: string
  readonly code: string
  readonly comment: string
}

/** Takes a line apart; `undefined` where it holds none. */
export function readUsesLine(line: string): UsesLine | undefined {
  const { head = '', name = '', ref = '', tail = '' } = USES.exec(line)?.groups ?? {}
  if (name === '') return undefined
  const at = tail.search(/[ \t]#/)
  const code = at === -1 ? tail : tail.slice(0, at)
  return { head, name, ref, code: code.trimEnd(), comment: tail.slice(code.length).trim() }
}

/** Whether a comment on the line lets it be. */
export function isIgnoredLine({ comment }: Pick<UsesLine, 'comment'>): boolean {
  return /zizmor: ignore\[[^\]]*unpinned-uses|ratchet:exclude|pinsmith: ignore/.test(comment)
}

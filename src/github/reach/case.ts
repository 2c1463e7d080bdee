import { repositoryKey } from '../../domain/reference.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { Reach, ReachedBy, ReachQuestion, RepositoryCommit } from '../../resolve/connection.ts'

/** What is known of one commit, gathered from rung to rung. */
export interface ReachCase {
  readonly question: ReachQuestion
  /** Whether it is not known yet what has the commit. */
  readonly isOpen: () => boolean
  /** Whether it is still to be asked if a pull request brought the commit that is a tag's tip. */
  readonly wantsPulls: () => boolean
  /** The tags, and branches by {@link branchName}, of which it is not known whether they come after the commit. */
  readonly openTags: () => readonly string[]
  /** What a tag is, where it is known. */
  readonly tagCommit: (tag: string) => CommitSha | undefined
  /** Whether everybody may read the repository; `undefined` where nothing has told yet. */
  readonly isPublic: () => boolean | undefined
  readonly settle: (by: ReachedBy) => void
  /** Tells whether a tag comes after the commit. */
  readonly place: (tag: string, isAfter: boolean) => void
  /** Takes the refs that were listed: both by name. */
  readonly takeTips: (
    branches: ReadonlyMap<string, CommitSha>,
    tags: ReadonlyMap<string, CommitSha>,
  ) => void
  /** The pull request whose head the commit is; `undefined`: of none. */
  readonly takePull: (number: number | undefined) => void
  readonly takeVisibility: (isPublic: boolean) => void
  /** A rung brought no answer, and why. */
  readonly failed: (detail: string) => void
  /** Settles it, and there is no use in asking on. */
  readonly close: (by: ReachedBy) => void
  readonly reach: () => Reach
}

/** One case for each commit, with all that is asked of it. */
export function openCases(questions: readonly ReachQuestion[]): readonly ReachCase[] {
  const groups = new Map<string, ReachQuestion>()
  for (const question of questions) {
    const same = groups.get(keyOf(question))
    groups.set(keyOf(question), same === undefined ? question : join(same, question))
  }
  return [...groups.values()].map(openCase)
}

/** Whether anything is left to be asked. */
export function isUnfinished(each: ReachCase): boolean {
  return each.isOpen() || each.openTags().length > 0
}

/** How a branch is called where it is asked for among tags. */
export function branchName(branch: string): string {
  return `refs/heads/${branch}`
}

/** The full name of what is asked for among tags: no tag's own name begins with `refs/`. */
export function fullNameOf(tag: string): string {
  return tag.startsWith('refs/heads/') ? tag : `refs/tags/${tag}`
}

export function keyOf(at: RepositoryCommit): string {
  return `${repositoryKey(at)}@${at.commit}`
}

function join(one: ReachQuestion, other: ReachQuestion): ReachQuestion {
  const tips = [one.tip, other.tip]
  const tip = (['branch', 'tag', 'none'] as const).find((each) => tips.includes(each))
  return {
    owner: one.owner,
    repo: one.repo,
    commit: one.commit,
    tags: [...new Set([...one.tags, ...other.tags])],
    tagCommits: new Map([...(one.tagCommits ?? []), ...(other.tagCommits ?? [])]),
    ...(tip === undefined ? {} : { tip }),
    deep: one.deep === true || other.deep === true,
    pulls: one.pulls === true || other.pulls === true,
  }
}

function openCase(question: ReachQuestion): ReachCase {
  const { commit, tip, deep = false, pulls = false } = question
  const tagCommits = new Map<string, CommitSha>()
  const after = new Set<string>()
  const apart = new Set<string>()
  const details = new Set<string>()
  let by: ReachedBy | undefined
  let isTagTip = false
  let pull: number | 'none' | 'unknown' = pulls ? 'unknown' : 'none'
  let isOver = false
  let isPublic: boolean | undefined

  function takeTag(tag: string, named: CommitSha): void {
    tagCommits.set(tag, named)
    if (named === commit && question.tags.includes(tag)) after.add(tag)
  }

  function takeTip(what: ReachQuestion['tip']): void {
    if (what === 'branch') by ??= { kind: 'branch' }
    if (what !== 'tag') return
    isTagTip = true
    if (!deep && pull === 'none') by ??= { kind: 'tag' }
  }

  /** What a finding says of a tag's tip; `undefined`: not enough. */
  function ofTip(found: ReachedBy): ReachedBy | undefined {
    switch (found.kind) {
      // A tag is the commit, whatever a page says that may be older.
      case 'nothing':
      case 'tags-only':
        if (pull === 'unknown') return undefined
        return pull === 'none' ? { kind: 'tags-only' } : { kind: 'pull-request', number: pull }
      case 'tag':
        return pull === 'none' ? found : undefined
      case 'branch':
      case 'pull-request':
      case 'absent':
      case 'undetermined':
        return found
    }
  }

  function whatIsOpen(): string {
    const why = [...details].join('; ') || 'nothing told'
    return typeof pull === 'number'
      ? `it came by pull request #${pull}, and whether a branch took that in was not answered (${why})`
      : why
  }

  for (const [tag, named] of question.tagCommits ?? []) takeTag(tag, named)
  takeTip(tip)

  return {
    question,
    isOpen: () => by === undefined,
    wantsPulls: () => by === undefined && isTagTip && pull === 'unknown',
    openTags: () =>
      isOver ? [] : question.tags.filter((tag) => !after.has(tag) && !apart.has(tag)),
    tagCommit: (tag) => tagCommits.get(tag),
    isPublic: () => isPublic,
    settle: (found) => {
      by ??= isTagTip ? ofTip(found) : found
    },
    place: (tag, isAfter) => {
      ;(isAfter ? after : apart).add(tag)
    },
    takeTips: (branches, tags) => {
      for (const [branch, named] of branches) takeTag(branchName(branch), named)
      for (const [tag, named] of tags) takeTag(tag, named)
      if ([...branches.values()].includes(commit)) takeTip('branch')
      else if ([...tags.values()].includes(commit)) takeTip('tag')
    },
    takePull: (number) => {
      pull = number ?? 'none'
      if (isTagTip) takeTip('tag')
    },
    takeVisibility: (found) => {
      isPublic = found
    },
    failed: (detail) => {
      details.add(detail)
    },
    close: (found) => {
      by ??= found
      isOver = true
    },
    reach: () => {
      const fallback: ReachedBy =
        isTagTip && pull === 'none'
          ? { kind: 'tag' }
          : { kind: 'undetermined', detail: whatIsOpen() }
      return { by: by ?? fallback, after, apart }
    },
  }
}

import type { RepositoryFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import type {
  DefaultBranch,
  ManifestAnswer,
  RepositoryQuestion,
  RepositoryRefs,
} from '../resolve/port.ts'
import type { FoundObject, PartAnswer, TagPageAnswer } from './graphql/answer.ts'
import { type Part, type TagPage } from './graphql/part.ts'
import { renamed } from './renamed.ts'
import { createTagHorizon } from './tag-horizon.ts'

/** What is known of one repository, gathered from the answers to its parts. */
export interface Facts {
  readonly take: (answer: PartAnswer) => void
  /** What the answers so far leave to be asked: further pages, tags of tags of tags. Asked for once. */
  readonly next: () => readonly Part[]
  readonly refs: () => RepositoryRefs | RepositoryFailure
  /** Whether everybody may read the repository, as far as it is known. */
  readonly isPublic: () => boolean
}

/** A tag whose chain goes on at `oid`. */
interface Unpeeled {
  readonly oid: CommitSha
  readonly name: string | undefined
  /** The ids of the tags passed on the way to it. */
  readonly passed: readonly string[]
}

export function gatherFacts(question: RepositoryQuestion): Facts {
  const { owner, repo } = question
  const tags = new Map<string, CommitSha>()
  const branches = new Map<string, CommitSha>()
  const tagObjects = new Map<string, CommitSha>()
  const dates = new Map<CommitSha, number>()
  const absent = new Set<string>()
  const manifests = new Map<string, ManifestAnswer>()
  const horizon = createTagHorizon()
  let nameWithOwner: string | undefined
  let isPublic = false
  let archived: boolean | undefined
  let defaultBranch: DefaultBranch | undefined
  let unpeeled: readonly Unpeeled[] = []
  let pages: readonly TagPage[] = []
  let vanished = false

  function take(answer: PartAnswer): void {
    nameWithOwner = answer.nameWithOwner
    isPublic = answer.isPublic
    archived = answer.isArchived
    defaultBranch ??= answer.defaultBranch
    for (const [name, object] of answer.tags) takeTag(name, object, [])
    for (const [name, { end }] of answer.branches)
      if (end.kind === 'commit') {
        branches.set(name, end.commit)
        takeDate(end.commit, end.date)
      }
    for (const [oid, object] of answer.objects) takeObject(oid, object)
    for (const list of answer.lists) takeList(list)
    for (const [key, manifest] of answer.manifests) manifests.set(key, manifest)
  }

  function takeTag(
    name: string | undefined,
    { oid, isTag, end }: FoundObject,
    before: readonly string[],
  ): void {
    const passed = isTag ? [...before, oid] : before
    switch (end.kind) {
      case 'commit':
        takeDate(end.commit, end.date)
        if (name !== undefined) tags.set(name, end.commit)
        for (const tagObject of passed) tagObjects.set(tagObject, end.commit)
        return
      case 'deeper':
        unpeeled = [...unpeeled, { oid: end.oid, name, passed }]
        return
      case 'tree-or-blob':
    }
  }

  /** An object asked for by its id: by the question, or because a tag's chain went on there. */
  function takeObject(oid: string, object: FoundObject | undefined): void {
    const waiting = unpeeled.filter((tag) => tag.oid === oid)
    unpeeled = unpeeled.filter((tag) => tag.oid !== oid)
    if (object === undefined) {
      vanished ||= waiting.length > 0
      absent.add(oid)
      return
    }
    takeTag(undefined, object, [])
    for (const { name, passed } of waiting) takeTag(name, object, passed)
  }

  function takeList({ page, tags: listed, next }: TagPageAnswer): void {
    const ours = listed.filter(([name]) => name.startsWith(page.prefix ?? ''))
    for (const [name, object] of ours) takeTag(name, object, [])
    horizon.take(
      page,
      listed.map(([, object]) => object),
      next,
    )
    if (next !== undefined && question.tags.kind === 'all')
      pages = [...pages, { prefix: page.prefix, after: next }]
  }

  function takeDate(commit: CommitSha, date: number | undefined): void {
    if (date !== undefined) dates.set(commit, date)
  }

  return {
    take,
    next: () => {
      const oids = [...new Set(unpeeled.map(({ oid }) => oid))]
      const lists = pages
      pages = []
      if (oids.length + lists.length === 0) return []
      return [{ key: repositoryKey(question), owner, repo, names: [], oids, lists, manifests: [] }]
    },
    refs: () =>
      vanished
        ? { kind: 'broken', detail: 'a tag names an object that GitHub does not have' }
        : {
            kind: 'refs',
            renamedTo: renamed(`${owner}/${repo}`, nameWithOwner),
            archived,
            tags,
            branches,
            tagObjects,
            absent,
            // No tag names what the repository does not have.
            mayHaveMoreTags: (commit) => !absent.has(commit) && horizon.mayHide(dates.get(commit)),
            manifests,
            defaultBranch,
          },
    isPublic: () => isPublic,
  }
}

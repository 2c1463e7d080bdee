import { parseCommitSha, type CommitSha } from '../../src/domain/sha.ts'
import { repositoryKey } from '../../src/domain/reference.ts'
import type { RepositoryFailure } from '../../src/domain/outcome.ts'
import type {
  GitHub,
  ManifestAnswer,
  RepositoryQuestion,
  RepositoryRefs,
} from '../../src/resolve/port.ts'
import { sha } from './github/worlds.ts'

/** What a repository holds, in shorthand: the number n stands for `commit(n)`. */
export interface KnownRefs {
  readonly tags?: Readonly<Record<string, number>>
  readonly branches?: Readonly<Record<string, number>>
  readonly tagObjects?: Readonly<Record<string, number>>
  readonly renamedTo?: string
  readonly archived?: boolean
  readonly mayHaveMoreTags?: boolean
  readonly absent?: readonly number[]
  /** By `manifestKey`. */
  readonly manifests?: ReadonlyMap<string, ManifestAnswer>
}

/** The made-up commit that the number stands for, always the same. */
export function commit(n: number): CommitSha {
  const made = parseCommitSha(sha(n))
  if (made === undefined) throw new Error('not a SHA')
  return made
}

/** A repository's answer, written by hand. */
export function knownRefs(known: KnownRefs): RepositoryRefs {
  return {
    kind: 'refs',
    renamedTo: known.renamedTo,
    archived: known.archived,
    tags: commits(known.tags),
    branches: commits(known.branches),
    tagObjects: commits(known.tagObjects),
    absent: new Set((known.absent ?? []).map(commit)),
    mayHaveMoreTags: () => known.mayHaveMoreTags ?? false,
    manifests: known.manifests ?? new Map(),
  }
}

/** A port that knows these repositories, by `owner/repo` in lower case, and keeps what it was asked. */
export function knownGitHub(
  repositories: Readonly<Record<string, KnownRefs | RepositoryFailure>>,
): GitHub & { readonly asked: RepositoryQuestion[][] } {
  const asked: RepositoryQuestion[][] = []
  return {
    asked,
    lookUp: (questions) => {
      asked.push([...questions])
      const answers = questions.map((question) => {
        const known = repositories[repositoryKey(question)] ?? { kind: 'repository-not-found' }
        const answer = 'kind' in known ? known : knownRefs(known)
        return [repositoryKey(question), answer] as const
      })
      return Promise.resolve({ kind: 'answers', repositories: new Map(answers) })
    },
  }
}

function commits(numbers: Readonly<Record<string, number>> = {}): Map<string, CommitSha> {
  return new Map(Object.entries(numbers).map(([name, n]) => [name, commit(n)]))
}

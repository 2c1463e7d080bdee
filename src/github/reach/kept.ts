import { repositoryKey } from '../../domain/reference.ts'
import { HOUR, type FactKey, type FactStore } from '../cache/fact-store.ts'
import type { ReachCase } from './case.ts'

/** Findings of the last hour, during one call. */
export interface KeptReaches {
  /** Tells the cases what was found, where they do not know it already. */
  readonly take: (cases: readonly ReachCase[]) => Promise<void>
  /** Keeps what was found since. */
  readonly keep: (cases: readonly ReachCase[]) => Promise<void>
}

/**
 * Keeps that a commit is the repository's, and that tags come after it, of repositories that everybody may read. What speaks against a
 * commit is not kept: it is asked again, and so is what could not be told. That a tag comes after it is kept of the commit that
 * the tag was, so that a tag which moves is looked at anew. What was taken is not kept again: it would never grow old.
 */
export function openKeptReaches(facts: FactStore): KeptReaches {
  const taken = new Set<string>()

  const find = async (key: FactKey): Promise<unknown> => {
    const fact = await facts.find(key, HOUR)
    if (fact !== undefined) taken.add(JSON.stringify(key))
    return fact
  }

  const keep = async (key: FactKey, fact: unknown): Promise<void> => {
    if (!taken.has(JSON.stringify(key))) await facts.keep(key, fact)
  }

  const takeOne = async (each: ReachCase): Promise<void> => {
    const by = each.isOpen() ? await find(reachKey(each)) : undefined
    if (by === 'branch' || by === 'tags-only') each.settle({ kind: by })
    for (const [tag, key] of afterKeys(each, each.openTags()))
      if ((await find(key)) === true) each.place(tag, true)
  }

  const keepOne = async (each: ReachCase): Promise<void> => {
    const { by, after } = each.reach()
    if (by.kind === 'branch' || by.kind === 'tags-only') await keep(reachKey(each), by.kind)
    for (const [, key] of afterKeys(each, [...after])) await keep(key, true)
  }

  return {
    take: async (cases) => {
      await Promise.all(cases.map(takeOne))
    },
    keep: async (cases) => {
      await Promise.all(cases.filter((each) => each.isPublic() === true).map(keepOne))
    },
  }
}

function reachKey({ question }: ReachCase): FactKey {
  return ['reach', repositoryKey(question), question.commit]
}

function afterKeys(
  { question }: ReachCase,
  tags: readonly string[],
): readonly (readonly [tag: string, key: FactKey])[] {
  return tags.flatMap((tag) => {
    const named = question.tagCommits?.get(tag)
    if (named === undefined || named === question.commit) return []
    return [[tag, ['after', repositoryKey(question), question.commit, named]] as const]
  })
}

import type { FoundObject } from './graphql/answer.ts'
import type { TagPage } from './graphql/part.ts'

/** How far lists of tags reach that come newest first and may be cut. */
export interface TagHorizon {
  readonly take: (page: TagPage, listed: readonly FoundObject[], next: string | undefined) => void
  /** Whether a tag on a commit of this date could be missing from the lists. */
  readonly mayHide: (date: number | undefined) => boolean
}

/**
 * A list that has no next page is complete. Of one that was cut, what is younger than its last tag is in it. GitHub calls the
 * order that of the commits' dates, but git's own order of this kind takes an annotated tag's own date; so the last
 * tag's date is not taken from it alone: it is no later than that of any tag listed, by whichever order.
 */
export function createTagHorizon(): TagHorizon {
  const cutAt = new Map<string | undefined, number>()
  const complete = new Set<string | undefined>()
  return {
    take: ({ prefix }, listed, next) => {
      if (next === undefined) complete.add(prefix)
      const dates = listed.map(latestDate)
      cutAt.set(prefix, Math.min(cutAt.get(prefix) ?? Infinity, ...dates))
    },
    mayHide: (date) => {
      if (complete.has(undefined)) return false
      const cuts = [...cutAt].filter(([prefix]) => !complete.has(prefix))
      return cuts.some(([, horizon]) => date === undefined || date <= horizon)
    },
  }
}

/** The latest moment that either order could have put a tag at. */
function latestDate({ isTag, taggedAt, end }: FoundObject): number {
  if (end.kind !== 'commit' || end.date === undefined) return Infinity
  if (!isTag) return end.date
  return taggedAt === undefined ? Infinity : Math.max(taggedAt, end.date)
}

import type { HostFailure } from '../../domain/outcome.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { CommitDates } from '../../resolve/connection.ts'
import type { GitHub, RepositoryQuestion } from '../../resolve/port.ts'
import type { Workspace } from '../../walk/workspace.ts'
import type { BlockedAction } from './blocked-action.ts'
import type { Prospect } from './clean-release.ts'
import { findCleanness } from './cleanness.ts'
import type { Cooldown } from '../cooldown.ts'
import {
  placesOf,
  startSearch,
  takeCleanness,
  takeDates,
  type Dating,
  type Looking,
  type Search,
  type Settled,
} from './search.ts'

/** What a search needs beside the actions. */
export interface SearchMeans extends Cooldown {
  readonly github: GitHub & CommitDates
  /** Where `./` leads in an action of another repository. */
  readonly workspace: Workspace
}

/** What was found for each action, in their order. */
export interface Prospects {
  readonly kind: 'prospects'
  readonly prospects: readonly Prospect[]
}

/**
 * Finds for each action the nearest newer release whose whole tree is pinned. All actions share the rounds: one for their tags,
 * one for the manifests of the next releases and one for each level below those, and one for the ages of what is clean.
 */
export async function findCleanReleases(
  actions: readonly BlockedAction[],
  means: SearchMeans,
): Promise<Prospects | HostFailure> {
  const listed = await means.github.lookUp(tagQuestions(actions))
  if (listed.kind !== 'answers') return listed
  let searches = actions.map((action) =>
    startSearch(action, listed.repositories.get(repositoryKey(action.reference))),
  )
  while (!searches.every(isSettled)) {
    const looked = await lookOn(searches, means)
    if ('kind' in looked) return looked
    const dated = await dateOn(looked, means)
    if ('kind' in dated) return dated
    searches = dated
  }
  const prospects = searches.flatMap((search) => (isSettled(search) ? [search.prospect] : []))
  return { kind: 'prospects', prospects }
}

async function lookOn(
  searches: readonly Search[],
  { workspace, github }: SearchMeans,
): Promise<Search[] | HostFailure> {
  const places = searches.flatMap((search) => (isLooking(search) ? placesOf(search) : []))
  if (places.length === 0) return [...searches]
  const found = await findCleanness(places, workspace, github)
  if (found.kind !== 'cleanness') return found
  return searches.map((search) => (isLooking(search) ? takeCleanness(search, found.of) : search))
}

async function dateOn(
  searches: readonly Search[],
  { github, ...cooldown }: SearchMeans,
): Promise<Search[] | HostFailure> {
  const commits = searches.flatMap((search) => (isDating(search) ? placesOf(search) : []))
  if (commits.length === 0) return [...searches]
  const dates = await github.readDates(commits)
  if (dates.kind !== 'dates') return dates
  return searches.map((search) =>
    isDating(search) ? takeDates(search, dates.of, cooldown) : search,
  )
}

/** All tags of each repository, once. */
function tagQuestions(actions: readonly BlockedAction[]): RepositoryQuestion[] {
  const questions = actions.map(({ reference }): [string, RepositoryQuestion] => {
    const { owner, repo } = reference
    return [
      repositoryKey(reference),
      { owner, repo, names: [], shas: [], tags: { kind: 'all' }, manifests: [] },
    ]
  })
  return [...new Map(questions).values()]
}

function isSettled(search: Search): search is Settled {
  return search.kind === 'settled'
}

function isLooking(search: Search): search is Looking {
  return search.kind === 'looking'
}

function isDating(search: Search): search is Dating {
  return search.kind === 'dating'
}

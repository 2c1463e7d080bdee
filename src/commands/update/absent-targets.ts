import type { Finding } from '../../check/finding.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { HostFailure } from '../../domain/outcome.ts'
import type { FoundTarget } from '../../remedy/move/search.ts'
import { manifestKey, type GitHub } from '../../resolve/port.ts'
import type { RepositoryPlace } from '../../walk/destination.ts'
import { questionsAbout } from '../../walk/question.ts'
import type { Site } from '../../yaml/locate.ts'

/**
 * The sites that would use what their targets have no more, for runs that do not look at what actions use: an action that is gone
 * stops any run.
 */
export async function findAbsentTargets(
  found: readonly FoundTarget[],
  github: GitHub,
): Promise<ReadonlyMap<Site, Finding> | HostFailure> {
  const places = found.flatMap(({ sought, target: { commit } }) =>
    sought.mover.sites.map(({ site, reference: { kind: leadsTo, owner, repo, path, text } }) => {
      const ref = { kind: 'sha', sha: commit, text: commit } as const
      const place: RepositoryPlace = { kind: 'repository', owner, repo, path, leadsTo, ref }
      return { site, text, commit, place }
    }),
  )
  const answers = await github.lookUp(questionsAbout(places.map(({ place }) => place)))
  if (answers.kind !== 'answers') return answers
  return new Map(
    places.flatMap(({ site, text, commit, place }) => {
      const refs = answers.repositories.get(repositoryKey(place))
      const { path, leadsTo: kind } = place
      const manifest =
        refs?.kind === 'refs' ? refs.manifests.get(manifestKey(commit, { path, kind })) : undefined
      return manifest?.kind === 'missing' ? [[site, noManifest(text)] as const] : []
    }),
  )
}

function noManifest(reference: string): Finding {
  const what = { kind: 'nested', reason: { kind: 'no-manifest' } } as const
  return {
    level: 'warning',
    detail: { code: 'undetermined', what },
    file: undefined,
    position: undefined,
    length: 0,
    reference,
    chain: [reference],
    fix: undefined,
  }
}

import { actionName } from '../domain/reference.ts'
import type { CleanRelease, Prospect } from '../remedy/release/clean-release.ts'
import { prospectWords } from './clean-release-words.ts'

/** What is known of an action's next clean release, as data. */
export interface CleanReleaseJson {
  /** `owner/repo[/path]` */
  readonly action: string
  readonly from: { readonly version: string | undefined; readonly commit: string }
  readonly outcome: CleanRelease['kind']
  /** Where there is a release to move to. */
  readonly to?: { readonly version: string; readonly commit: string; readonly sameMajor: boolean }
  /** Why there is none, or why it is not known. */
  readonly reason?: string
  /** When a release that is too young will be taken, ISO 8601. */
  readonly until?: string
  readonly message: string
  /** Where the repository's own files use the action at that commit; lines and columns count from 1. */
  readonly sites: readonly {
    readonly file: string
    readonly line: number
    readonly column: number
  }[]
}

/** A prospect as every JSON output of `pin` carries it. */
export function cleanReleaseJson(prospect: Prospect): CleanReleaseJson {
  const { action, from, release } = prospect
  return {
    action: actionName(action.reference),
    from: { version: from, commit: action.commit },
    outcome: release.kind,
    ...outcomeJson(release),
    message: prospectWords(prospect),
    sites: action.sites.map(({ file, site }) => ({ file, ...site.position })),
  }
}

function outcomeJson(release: CleanRelease): Pick<CleanReleaseJson, 'to' | 'reason' | 'until'> {
  switch (release.kind) {
    case 'found': {
      const { version, commit, sameMajor } = release
      return { to: { version, commit, sameMajor } }
    }
    case 'too-young':
      return { reason: release.kind, until: new Date(release.until).toISOString() }
    case 'none':
    case 'unknown':
      return { reason: release.reason.kind }
  }
}

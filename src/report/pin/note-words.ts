import type { Note } from '../../plan/decision.ts'
import type { Exemption } from '../../plan/policy.ts'

/** What a note says; `undefined` for one that is not worth a line at this volume. */
export function noteWords(note: Note, volume: 'quiet' | 'normal' | 'verbose'): string | undefined {
  switch (note.kind) {
    case 'renamed':
      return `the repository is called ${note.to} now: write that name, since whoever takes the old one is run instead`
    case 'reads-own-ref':
      return `this action reads its own ref (${note.ref}); a pin has none, so add \`with: ${note.input}: ${note.ref}\``
    case 'was-tag-object':
      return 'the SHA was that of a tag, not of a commit: it is the commit now'
    case 'label-corrected': {
      const { label, actual } = note.untrue
      return `the label said ${label}, which is another commit (${actual.slice(0, 12)})`
    }
    case 'upgraded': {
      const { from, to, isNewMajor } = note
      const caution = isNewMajor ? '; a new major: read its release notes' : ''
      return `moved from ${from} to ${to}, the nearest release whose whole tree is pinned${caution}`
    }
    case 'no-label':
      return volume === 'verbose'
        ? 'no version tag names this commit, so it has no label'
        : undefined
  }
}

/** Why a reference is left on purpose. */
export function exemptionWords(exemption: Exemption): string {
  switch (exemption.kind) {
    case 'comment': {
      const { by, reason } = exemption.directive
      return `ignored by a comment for ${by}${reason === '' ? '' : `: ${reason}`}`
    }
    case 'not-selected':
      return 'left out by --only or --ignore'
    case 'configured':
      return `ignored by the configuration: ${exemption.reason}`
    case 'locked':
      return 'left: .github/workflows/actions.lock lists this workflow, or one that uses this action, and they must agree (--locked edits all the same)'
    case 'breaks-when-pinned':
      return 'left: this workflow demands a version tag, and fails when it is pinned to a SHA'
  }
}

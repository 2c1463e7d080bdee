import type { FindingCode } from '../../check/finding.ts'

/** What a code of findings means, whatever the case: for lists of rules, and for headlines. No final full stops. */
export interface FindingTitle {
  readonly title: string
  /** What it is and why it matters, in a sentence or two; with its final full stop. */
  readonly description: string
}

/** The headline of every finding. */
export const findingTitles: Record<FindingCode, FindingTitle> = {
  unpinned: {
    title: 'A reference is not pinned',
    description:
      'A tag or a branch stands where a full commit SHA should. Whoever can move it decides what runs the next time, with the secrets and permissions of the job.',
  },
  'nested-unpinned': {
    title: 'An action uses something that is not pinned',
    description:
      "The action is pinned, but something below it is not, so what runs can still be changed from outside. GitHub's SHA policy looks through every action and blocks such a run.",
  },
  'short-sha': {
    title: 'A shortened commit SHA',
    description:
      'GitHub does not run shortened SHAs, and one may come to stand for another commit.',
  },
  'tag-object': {
    title: 'The SHA of a tag, not of a commit',
    description:
      "The forty digits name an annotated tag's own object. It looks like a pin and passes a policy that looks at its shape, but it is no commit.",
  },
  'label-missing': {
    title: 'A pin without a version',
    description:
      'No comment says which version the SHA is, so neither a reviewer nor an update bot can tell.',
  },
  'label-mismatch': {
    title: 'The version beside a pin is another commit',
    description:
      'The comment names a version whose tag is not the pinned commit. Whoever trusts the comment does not see what really runs.',
  },
  'label-vague': {
    title: 'The version beside a pin could be more exact',
    description: 'The comment names a tag that moves, where a full version names the same commit.',
  },
  'label-gone': {
    title: 'The version beside a pin no longer exists',
    description:
      'The repository has no tag or branch of this name any more. A version that was withdrawn may have been withdrawn for a reason.',
  },
  'unknown-commit': {
    title: 'The pinned commit does not exist',
    description: 'The repository has no such commit, so the run cannot start.',
  },
  'impostor-commit': {
    title: "The pinned commit is not the repository's",
    description:
      "The commit resolves under the repository's name, but no branch and no tag of it leads there, or only a tag that was moved: it comes from a fork or a pull request, and anybody can make one.",
  },
  'moved-tag': {
    title: 'The tag of a pin was moved aside',
    description:
      'The tag beside the pin now names a commit that does not come after the pinned one. Tags that were taken over look like this.',
  },
  'mass-moved-tags': {
    title: 'Many versions are one and the same stray commit',
    description:
      'Version tags of many versions name one commit that is on no branch. That is how a repository looks whose tags were all moved at once.',
  },
  'ambiguous-ref': {
    title: 'A tag and a branch of one name differ',
    description: 'Which of the two GitHub runs is not documented.',
  },
  vulnerable: {
    title: 'A version with a known vulnerability',
    description:
      "GitHub's advisory database lists this version. GitHub itself gives no alerts for actions that are pinned to a SHA.",
  },
  archived: {
    title: 'The repository is archived',
    description: 'Nobody maintains the action any more, so nobody will mend it.',
  },
  renamed: {
    title: 'The repository has another name now',
    description: 'Whoever takes the old name is run instead.',
  },
  'vendored-edited': {
    title: 'A vendored copy is not as it was brought',
    description:
      'A file of the copy differs from the one that was recorded, is missing, or is new.',
  },
  lockfile: {
    title: 'A workflow and the lockfile of actions disagree',
    description: 'A workflow that does not agree with its lockfile fails to start, without a log.',
  },
  'unpinned-image': {
    title: 'An image without a digest',
    description: 'Whoever can push the tag of the image decides what runs the next time.',
  },
  'breaks-when-pinned': {
    title: 'A workflow that cannot be pinned',
    description: 'It demands a version tag, and fails when it is pinned to a SHA.',
  },
  'not-understood': {
    title: 'Something could not be read for what it is',
    description: 'What was not understood must not pass as pinned.',
  },
  undetermined: {
    title: 'A check could not be made',
    description: 'A check that could not be made is not a check that passed.',
  },
  'owner-not-allowed': {
    title: 'An owner that the configuration does not allow',
    description: "The repository's own configuration names the owners that actions may come from.",
  },
  'ignore-expired': {
    title: 'An ignore has expired',
    description: 'The date until which the configuration ignores findings of an action is past.',
  },
}

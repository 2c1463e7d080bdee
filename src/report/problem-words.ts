import type {
  CopyObstacle,
  EditObstacle,
  FileProblem,
  Problem,
  SiteProblem,
  UsesFault,
} from '../domain/problem.ts'
import { resolutionWords } from './resolution-words.ts'
import { staysBlockedWords, vendorObstacleWords } from './vendor-words.ts'
import type { Words } from './words.ts'

/** What a problem is, why it matters, what to do next. */
export function problemWords(problem: Problem): Words {
  return 'reference' in problem ? siteWords(problem) : fileWords(problem)
}

function siteWords(problem: SiteProblem): Words {
  switch (problem.code) {
    case 'not-understood':
      return faultWords(problem.fault)
    case 'not-editable':
      return { why: NOT_PINNED, ...OBSTACLES[problem.reason] }
    case 'unresolved':
      return resolutionWords(problem.reference, problem.resolution)
    case 'label-mismatch':
      return mismatchWords(problem)
    case 'label-gone':
      return {
        what: `the tag of this label no longer exists: the repository has no tag or branch named ${problem.label}`,
        why: 'a version that was withdrawn may have been withdrawn for a reason, and the label can be held against nothing',
        next: 'the pin was kept; look at the releases of the action, write @ and a version that exists, and run pinsmith again',
      }
    case 'not-vendored':
      return obstacleWords(problem.obstacle, problem.reference)
    case 'branch-denied':
      return {
        what: 'its ref is a branch, and the configuration does not allow branches (`branches: deny`)',
        why: "a branch's tip is what was pushed last, whether or not it was released",
        next:
          problem.tag === undefined
            ? 'write @ and a tag that the action has, or allow branches'
            : `write @${problem.tag}, which is the same commit today`,
      }
    case 'suspect':
      return {
        what: `it is not pinned: the commit that its ref names today is not to be trusted (${problem.finding})`,
        why: 'a pin to it would outlast the day on which its maintainers put the ref right',
        next: 'run `pinsmith check`, which says what is wrong with it; write @ and a version from before',
      }
  }
}

function obstacleWords(obstacle: CopyObstacle, reference: string): Words {
  if (obstacle.kind !== 'stays-blocked') return vendorObstacleWords(obstacle, reference)
  const { problem } = obstacle
  return staysBlockedWords(problem, problemWords(problem), reference)
}

function mismatchWords({
  label,
  actual,
  truth,
}: Extract<SiteProblem, { code: 'label-mismatch' }>): Words {
  const why = 'a reviewer who trusts the label would not see that other code runs'
  const said = `the label says ${label}, but the tag ${label} is ${actual}`
  const meant = `if ${label} is meant, write @${label} and run pinsmith again`
  return truth === undefined
    ? {
        what: `${said}, and no version tag names the pinned commit`,
        why,
        next: `find out where the pin comes from; ${meant}`,
      }
    : {
        what: `${said}; the pinned one is ${truth}`,
        why,
        next: `if the pin is right, \`pinsmith check --fix\` writes ${truth}; ${meant}`,
      }
}

/** The words for what stands at a `uses:` and was not understood. */
export function faultWords(fault: UsesFault): Words {
  return { why: NOT_PINNED, ...FAULTS[fault] }
}

const NOT_PINNED = 'it is not pinned, and what was not understood must not pass as pinned'

type FaultWords = Pick<Words, 'what' | 'next'>

const SPELLING = 'write owner/repo@ref, or owner/repo/path@ref'

const FAULTS: Record<UsesFault, FaultWords> = {
  empty: { what: 'this `uses` is empty', next: 'name an action, or take the step out' },
  expression: {
    what: 'this `uses` is an expression, which GitHub does not evaluate here',
    next: 'name the action in full; use `if:` to choose between steps',
  },
  'missing-ref': { what: 'there is no ref: nothing follows an @', next: SPELLING },
  'two-ats': { what: 'there is more than one @', next: SPELLING },
  'not-owner-repo': {
    what: 'this is not the name of a repository on GitHub',
    next: `${SPELLING}, without a host`,
  },
  'outside-repository': {
    what: 'the path leads out of the repository',
    next: 'write a path without . and .. parts',
  },
  'self-with-ref': {
    what: 'a reference to the same repository ($/) takes no ref',
    next: 'take the @ and what follows it out: it is the commit that the file is at',
  },
  'not-a-workflow': {
    what: 'a job can only call a workflow file, directly in .github/workflows',
    next: 'write owner/repo/.github/workflows/file.yml@ref, or use the action in a step',
  },
  'invalid-ref': {
    what: 'what follows the @ cannot be the name of a tag or branch',
    next: 'write the name of a tag or branch, or a full commit SHA; revision syntax such as ~1 does not work here',
  },
  'invisible-character': {
    what: 'the ref holds an invisible character, so it is not the ref that it looks like',
    next: 'type the ref anew; if a tag of that name exists, distrust its repository',
  },
  'not-a-text': {
    what: 'a list or a map stands where the name of an action should',
    next: SPELLING,
  },
  tagged: { what: 'the value has a YAML tag other than !!str', next: 'take the tag out' },
  'merge-key': {
    what: 'a merge key (<<) stands here, which GitHub does not read',
    next: 'write its keys out, or use an alias for the whole step',
  },
  'key-case': { what: "the key is not `uses`: GitHub's keys are lower-case", next: 'write `uses`' },
}

const OBSTACLES: Record<EditObstacle, FaultWords> = {
  escaped: {
    what: 'the reference is written with escapes or over several lines, so it cannot be edited in place',
    next: 'write it on one line without escapes',
  },
  'shared-anchor': {
    what: 'its anchor is used elsewhere for something that is no reference, which an edit would change too',
    next: 'write the reference out here, without the anchor',
  },
  'no-room-for-label': {
    what: 'no comment can stand at the end of its line, so there is no place for a label',
    next: 'put the reference on a line of its own',
  },
}

function fileWords(problem: FileProblem): Words {
  switch (problem.code) {
    case 'symlink':
      return {
        what: 'this is a symbolic link',
        why: 'GitHub does not follow links to workflows, and pinsmith never writes through one',
        next: 'put the file itself there, or name the file that the link leads to',
      }
    case 'binary':
      return {
        what: 'this is a binary file',
        why: UNREAD,
        next: 'take it out, or name only text files',
      }
    case 'not-utf8':
      return {
        what: 'here stands a byte that is not UTF-8',
        why: UNREAD,
        next: 'save the file as UTF-8',
      }
    case 'unreadable':
      return {
        what: `it could not be read: ${problem.detail}`,
        why: UNREAD,
        next: 'mend that, and run pinsmith again',
      }
    case 'yaml':
      return {
        what: `this is not YAML: ${problem.detail}`,
        why: UNREAD,
        next: 'mend the file: GitHub may not be able to read it either',
      }
    case 'not-a-workflow':
      return {
        what: 'it has neither `jobs` nor `runs`: it is no workflow and no action',
        why: UNREAD,
        next: 'add what is missing, or move the file elsewhere',
      }
    case 'read-only':
      return {
        what: 'the file is read-only',
        why: UNWRITTEN,
        next: 'make it writable (chmod u+w), and run pinsmith again',
      }
    case 'lockfile':
      return {
        what: 'the lockfile of actions could not be read, so any workflow may be listed in it',
        why: 'a workflow that does not agree with its lockfile fails to start, without a log',
        next: 'write it anew with `gh actions-lock`, or give --locked to edit all the same',
      }
    case 'vendor-record':
      return {
        what: `the record of copied actions could not be read: ${problem.detail}`,
        why: 'without it pinsmith cannot tell its copies from your own work, and overwrites nothing',
        next: 'put the file back as it was (git checkout), or delete the copies and it, and copy the actions again',
      }
    case 'ignored-by-git':
      return {
        what: `git ignores files of this copy, so that a commit would leave them out: ${listed(problem.paths)}`,
        why: 'the workflow would fail on GitHub, where they are missing',
        next: `add them all the same: git add --force ${problem.file}`,
      }
    case 'changed-meanwhile':
      return {
        what: 'somebody else changed the file while pinsmith was at work',
        why: UNWRITTEN,
        next: 'run pinsmith again',
      }
    case 'write-failed':
      return {
        what: `it could not be written: ${problem.detail}`,
        why: UNWRITTEN,
        next: 'mend that, and run pinsmith again',
      }
    case 'edit-refused':
      return {
        what: `the edit was refused: ${problem.detail}`,
        why: 'only refs and labels may change; the file was left as it was',
        next: 'this is a fault of pinsmith: please report it with the file',
      }
  }
}

function listed(paths: readonly string[]): string {
  const more = paths.length - MOST_PATHS
  return `${paths.slice(0, MOST_PATHS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const MOST_PATHS = 3

const UNREAD = 'what it uses is not known, so it cannot pass as pinned'
const UNWRITTEN = 'its references are not pinned; the file is as it was'

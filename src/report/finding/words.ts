import type { FindingDetail, VendoredChange } from '../../check/finding-detail.ts'
import type { Finding } from '../../check/finding.ts'
import { count } from '../count.ts'
import { imageWords } from './image-words.ts'
import { LABEL_WORDS } from './label-words.ts'
import { shortShaWords } from './short-sha-words.ts'
import { accusedReference, actionOf, entryOf, isNested, refOf, repositoryOf } from './subject.ts'
import { notUnderstoodWords, undeterminedWords } from './unknown-words.ts'
import { resolutionWords } from '../resolution-words.ts'
import { BLOCKED_MEANS } from '../verdict/words.ts'
import type { Words } from '../words.ts'

/** What a finding is, why it matters, what to do next. */
export function findingWords(finding: Finding): Words {
  const { detail } = finding
  switch (detail.code) {
    case 'unpinned':
      return unpinnedWords(detail, finding)
    case 'nested-unpinned':
      return nestedUnpinnedWords(finding)
    case 'short-sha':
      return shortShaWords(detail, finding)
    case 'tag-object':
      return {
        what: `the 40 digits are the id of a tag's own object; the commit of that tag is ${detail.commit}`,
        why: 'it looks like a pin, but it is no commit: a policy that looks at the shape lets it pass, and the run fails',
        next: isNested(finding) ? elsewhere(finding) : 'run `pinsmith check --fix`, or pinsmith',
      }
    case 'label-missing':
      return LABEL_WORDS['label-missing'](detail)
    case 'label-mismatch':
      return LABEL_WORDS['label-mismatch'](detail)
    case 'label-vague':
      return LABEL_WORDS['label-vague'](detail)
    case 'label-gone':
      return LABEL_WORDS['label-gone'](detail)
    case 'moved-tag':
      return LABEL_WORDS['moved-tag'](detail)
    case 'unknown-commit':
      return {
        what: `${repositoryOf(finding)} has no such commit, and neither has any fork of it`,
        why: 'the run cannot start; and whoever manages to add that commit decides what runs',
        next: isNested(finding)
          ? elsewhere(finding)
          : 'find out where the pin comes from; then write @ and the version that is meant, and run pinsmith',
      }
    case 'impostor-commit':
      return impostorWords(detail, finding)
    case 'mass-moved-tags':
      return {
        what: `${count(detail.tags.length, 'version tag')} (${someOf(detail.tags)}) are one and the same commit, ${detail.commit}, which is on no branch`,
        why: 'that is how a repository looks whose tags were all moved at once to code of somebody else, as happened to tj-actions/changed-files',
        next: isNested(finding)
          ? elsewhere(finding)
          : 'keep (or go back to) a pin from before, do not update, and ask its maintainers',
      }
    case 'ambiguous-ref':
      return resolutionWords(accusedReference(finding), {
        kind: 'ambiguous',
        tag: detail.tag,
        branch: detail.branch,
      })
    case 'vulnerable':
      return vulnerableWords(detail, finding)
    case 'archived':
      return {
        what: `${repositoryOf(finding)} is archived`,
        why: 'nobody maintains it any more: what is found in it will not be mended',
        next: 'look for an action that is maintained',
      }
    case 'renamed':
      return {
        what: `${repositoryOf(finding)} is called ${detail.to} now`,
        why: 'GitHub redirects to it for now; whoever takes the old name is run instead',
        next: `write ${detail.to}`,
      }
    case 'vendored-edited':
      return {
        what: `${detail.path} ${CHANGES[detail.change]}`,
        why: 'a copy is trusted because it is what its source was at the recorded commit; this one is something else',
        next: changeNext(detail),
      }
    case 'lockfile':
      return {
        what: detail.detail,
        why: 'GitHub runs what the lockfile says; a workflow that does not agree with it fails to start, without a log',
        next: 'write the lockfile anew with `gh actions-lock`',
      }
    case 'unpinned-image':
      return imageWords(detail, finding)
    case 'breaks-when-pinned':
      return {
        what: 'this workflow demands a version tag, and fails when it is pinned to a SHA',
        why: 'its verifier knows it by the tag; the tag can still be moved',
        next: 'leave it, and watch its releases',
      }
    case 'not-understood':
      return notUnderstoodWords(detail.what)
    case 'undetermined':
      return undeterminedWords(detail.what, finding)
    case 'owner-not-allowed':
      return {
        what: `actions of ${detail.owner} are not allowed here`,
        why: 'the configuration names the owners that actions may come from',
        next: `use another action, or add ${detail.owner} to \`owners\``,
      }
    case 'ignore-expired':
      return {
        what: `the ignore for ${detail.action} expired on ${detail.expires} (${detail.reason})`,
        why: 'its findings are reported again',
        next: 'mend what it was for, or give it a new date',
      }
  }
}

type DetailOf<Code extends FindingDetail['code']> = Extract<FindingDetail, { code: Code }>

function unpinnedWords({ commit, unresolved }: DetailOf<'unpinned'>, finding: Finding): Words {
  const why =
    'its ref can be moved to other code at any time, and that runs with what the job may do'
  if (unresolved !== undefined) {
    const { what, next } = resolutionWords(accusedReference(finding), unresolved)
    return { what: `it is not pinned, and ${what}`, why, next }
  }
  const today = commit === undefined ? '' : `; today it is ${commit}`
  return { what: `${refOf(finding)} is no commit SHA${today}`, why, next: 'run pinsmith' }
}

function nestedUnpinnedWords(finding: Finding): Words {
  const accused = accusedReference(finding)
  const holder = finding.chain.at(-2) ?? ''
  const ways = finding.ways === undefined ? '' : `, on ${finding.ways} ways`
  return {
    what: `${actionOf(holder)} uses ${accused}, which is not pinned${ways}`,
    why: accused.includes('/.github/workflows/')
      ? 'the tag of a called workflow can be moved like any other, though GitHub does not block it'
      : BLOCKED_MEANS,
    next: elsewhere(finding),
  }
}

function impostorWords(
  { label, actual, pull }: DetailOf<'impostor-commit'>,
  finding: Finding,
): Words {
  const name = repositoryOf(finding)
  const real = label === undefined || actual === undefined ? '' : `; ${label} is ${actual}`
  if (pull !== undefined)
    return {
      what: `of ${name}, only ${tagsWords(pull.tags)} to this commit: it came by pull request #${pull.number} that no branch took in${real}`,
      why: 'anybody can open a pull request; that is how a repository looks whose tag was moved to code of somebody else, as happened to xygeni/xygeni-action',
      next: isNested(finding)
        ? elsewhere(finding)
        : 'pin the last version from before the tag was moved, do not update, and ask its maintainers',
    }
  return {
    what: `no branch and no tag of ${name} leads to this commit${real}`,
    why: `it resolves under the name of ${name}, but it comes from a fork or a pull request, and anybody can make one`,
    next: isNested(finding)
      ? elsewhere(finding)
      : actual === undefined
        ? 'find out who put it there; then write @ and the version that is meant, and run pinsmith'
        : `find out who put it there; if ${label ?? 'the label'} is meant, write @${label ?? ''} and run pinsmith`,
  }
}

function tagsWords(tags: readonly string[]): string {
  return tags.length === 1 ? `the tag ${tags.join('')} leads` : `the tags ${someOf(tags)} lead`
}

function vulnerableWords(
  { version, vulnerability }: DetailOf<'vulnerable'>,
  finding: Finding,
): Words {
  const { id, action, severity, summary, range, patched, url } = vulnerability
  return {
    what: `${action} ${version} has a known vulnerability: ${summary} (${id}, ${severity}, versions ${range})`,
    why: `GitHub gives no alerts for actions that are pinned to a SHA; see ${url}`,
    next: isNested(finding)
      ? elsewhere(finding)
      : patched === undefined
        ? 'there is no version without it: use another action'
        : `move to ${patched} or later`,
  }
}

/** What to do about a fault in the manifest of somebody else. */
function elsewhere(finding: Finding): string {
  const holder = finding.chain.at(-2) ?? ''
  const entry = actionOf(entryOf(finding))
  return `move ${entry} to a release without it (\`pinsmith --nested upgrade\` looks for one), copy it into your repository (\`pinsmith --nested vendor\`), or tell the authors of ${actionOf(holder)}`
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return names.length > MOST_NAMES ? `${shown}, …` : shown
}

const MOST_NAMES = 5

const CHANGES: Record<VendoredChange, string> = {
  edited: 'was edited since it was brought',
  mode: 'is what was brought, but whether it may be run (its executable bit) is not',
  missing: 'is missing',
  added: 'was not brought, but added',
}

function changeNext({ path, change, action }: DetailOf<'vendored-edited'>): string {
  const vendor = `\`pinsmith vendor ${action}\``
  switch (change) {
    case 'edited':
      return `look at what was changed; undo it, or delete the file and bring it back with ${vendor}`
    case 'mode':
      return `mend it with ${vendor}, or on Windows with \`git update-index --chmod=+x ${path}\` (or -x)`
    case 'missing':
      return `bring it back with ${vendor}; where nothing uses this copy, delete the rest of it and run \`pinsmith --nested vendor\`, which takes it off the record`
    case 'added':
      return 'look at what it is; delete it, or move it out of the copy'
  }
}

import type { NotUnderstood, Undetermined } from '../../check/finding-detail.ts'
import type { Finding } from '../../check/finding.ts'
import type { HostFailure } from '../../domain/outcome.ts'
import { accusedReference, actionOf, entryOf, isNested, repositoryOf } from './subject.ts'
import { faultWords, problemWords } from '../problem-words.ts'
import { resolutionWords } from '../resolution-words.ts'
import { copyMissingNext, OPEN, reasonWords } from '../verdict/unknown-words.ts'
import type { Words } from '../words.ts'

/** The words for what could not be read for what it is. */
export function notUnderstoodWords(what: NotUnderstood): Words {
  switch (what.kind) {
    case 'reference':
      return faultWords(what.fault)
    case 'file':
      return problemWords(what.problem)
  }
}

/** The words for a check that could not be made. */
export function undeterminedWords(what: Undetermined, finding: Finding): Words {
  const why = 'a check that could not be made is not a check that passed'
  switch (what.kind) {
    case 'unresolved': {
      const { resolution } = what
      const words = resolutionWords(accusedReference(finding), resolution)
      return { ...words, why: `whether the pin and its label are true is not known; ${why}` }
    }
    case 'nested': {
      const { reason } = what
      const written = accusedReference(finding)
      const words = reason === undefined ? OPEN : reasonWords(reason, written)
      return {
        what: isNested(finding) ? `what ${written} runs is not known: ${words}` : words,
        why: 'what it runs is not known, so it cannot pass as pinned',
        next:
          reason?.kind === 'copy-missing'
            ? copyMissingNext(reason.action)
            : isNested(finding)
              ? `run pinsmith again; if it stays so, move ${actionOf(entryOf(finding))} to another version`
              : 'check the path and the ref, and run pinsmith again',
      }
    }
    case 'reach':
      return {
        what: `whether ${repositoryOf(finding)} really has this commit could not be found out: ${what.detail}`,
        why: `a commit of a fork resolves under the same name; ${why}`,
        next: 'run pinsmith again; with a token (--token, GITHUB_TOKEN) it has more ways to ask',
      }
    case 'descent':
      return {
        what: `the tag ${what.label} is another commit now; whether that comes after the pinned one could not be found out`,
        why: `a tag that was moved aside is how an attack looks; ${why}`,
        next: 'run pinsmith again; with a token (--token, GITHUB_TOKEN) it has more ways to ask',
      }
    case 'pulls':
      return {
        what: `the tag ${what.label} is another commit now; whether a branch has that, or a pull request alone, could not be found out: ${what.detail}`,
        why: `a tag that was moved to the commit of a pull request is how an attack looks; ${why}`,
        next: 'keep the pin, and run pinsmith again; with a token (--token, GITHUB_TOKEN) it has more ways to ask',
      }
    case 'advisories':
      return {
        what: `the advisories about actions could not be read from ${what.failure.host}: ${what.failure.detail}`,
        why: `whether a known vulnerability is used was not looked at; ${why}`,
        next: nextForAdvisories(what.failure),
      }
    case 'vulnerability': {
      const { id, action, range, url } = what.vulnerability
      return {
        what: `whether ${id} concerns this commit is not known: the versions of ${action} that it names (${range}) cannot be held against it`,
        why,
        next: `read ${url}; a label with the version that it is would settle it`,
      }
    }
    case 'site':
      return problemWords(what.problem)
  }
}

function nextForAdvisories({ kind }: HostFailure): string {
  switch (kind) {
    case 'rate-limited':
      return 'run pinsmith again later; with a token (--token, GITHUB_TOKEN) there is more quota'
    case 'network':
      return 'run pinsmith again'
    case 'unauthorized':
      return 'give a token that the host takes (--token, GITHUB_TOKEN), and run pinsmith again'
    case 'unusable':
      return 'run pinsmith again; for an Enterprise Server that has none, ask github.com (--fallback-host github.com), or let it pass with `levels: { undetermined: note }` in the configuration'
  }
}

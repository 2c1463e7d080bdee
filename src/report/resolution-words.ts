import type { Unresolved } from '../domain/problem.ts'
import { parseCommitSha } from '../domain/sha.ts'
import type { Words } from './words.ts'

/** The words for a reference, as written, whose ref could not be resolved. */
export function resolutionWords(reference: string, resolution: Unresolved): Words {
  const [name = reference, ref = ''] = reference.split('@')
  const repository = name.split(/[\\/]/).filter(Boolean).slice(0, 2).join('/')
  const why = parseCommitSha(ref) === undefined ? MOVES : UNCHECKED
  switch (resolution.kind) {
    case 'repository-not-found':
      return {
        what: `the repository ${repository} was not found: there is none, or it is private`,
        why,
        next: 'check the spelling; for a private repository give a token that may read it (--token, GITHUB_TOKEN, or gh auth login)',
      }
    case 'ref-not-found':
      return {
        what: `${repository} has no tag and no branch named ${ref}`,
        why: 'the workflow cannot run like this',
        next: 'check the spelling (refs compare with case), or choose a ref that exists',
      }
    case 'ambiguous':
      return {
        what: `${ref} is both a tag (${resolution.tag}) and a branch (${resolution.branch}), which are different commits`,
        why: 'which of them GitHub runs is not documented: a guess could pin the wrong code',
        next: 'choose with --prefer tag or --prefer branch, or write refs/tags/… or refs/heads/…',
      }
    case 'short-sha':
      return {
        what:
          resolution.tips.length === 0
            ? `${ref} looks like a shortened SHA: there is no tag and no branch of that name`
            : `${ref} looks like a shortened SHA, of ${resolution.tips.join(' or ')}`,
        why: 'GitHub refuses shortened SHAs, and one may come to stand for another commit',
        next: 'run `pinsmith check --fix`, which finds out the full 40 digits, or write them',
      }
    case 'forbidden':
      return {
        what: `${repository} may not be read: ${resolution.detail}`,
        why,
        next: FORBIDDEN[resolution.reason],
      }
    case 'broken':
      return {
        what: `the answer about ${repository} could not be understood: ${resolution.detail}`,
        why,
        next: 'run pinsmith again; if it stays so, try --resolver git or --resolver api',
      }
  }
}

const MOVES = 'its ref can be moved to other code at any time, and it stays unpinned'

const UNCHECKED = 'whether its label is true could not be checked; the pin was kept'

const FORBIDDEN = {
  saml: 'authorize the token for the organisation (single sign-on), or run without a token if the repository is public',
  permission: 'give a token that may read it',
  blocked: 'GitHub blocks access to it: use another action',
} as const

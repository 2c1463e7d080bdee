import type { FindingDetail } from '../../check/finding-detail.ts'
import { isExactName } from '../../domain/version.ts'
import type { Words } from '../words.ts'

type DetailOf<Code extends FindingDetail['code']> = Extract<FindingDetail, { code: Code }>

/** The words of what can be wrong with the label of a pin. */
export const LABEL_WORDS: {
  readonly [Code in LabelCode]: (detail: DetailOf<Code>) => Words
} = {
  'label-missing': ({ label }) => ({
    what:
      label === undefined
        ? 'no label says what this commit is'
        : `no label says what this commit is: it is ${label}`,
    why: 'without a version beside it, neither a reviewer nor an update bot can tell what runs',
    next:
      label === undefined
        ? 'run pinsmith, which labels what has a version; else write the branch that it was taken from, such as `# main`'
        : `write \`# ${label}\` behind it: \`pinsmith check --fix\` does, and so does pinsmith`,
  }),
  'label-mismatch': ({ label, actual, truth, movedOn }) => {
    if (movedOn)
      return {
        what: `the tag ${label} was moved on since: it is ${actual} now, which comes after the pinned commit`,
        why: 'a version that is cut anew is no longer the one that was reviewed; the pin is still what it was',
        next: `look at what was changed; to follow it, write @${label} and run pinsmith`,
      }
    return truth === undefined
      ? {
          what: `the label says ${label}, but the tag ${label} is another commit, ${actual}`,
          why: UNTRUE,
          next: `find out where the pin comes from; if ${label} is meant, write @${label} and run pinsmith`,
        }
      : {
          what: `the label says ${label}, but the tag ${label} is another commit, ${actual}; the pinned one is ${truth}`,
          why: UNTRUE,
          next: `if the pin is right, \`pinsmith check --fix\` writes ${truth}; if ${label} is meant, write @${label} and run pinsmith`,
        }
  },
  'label-vague': ({ label, exact }) =>
    exact === undefined
      ? {
          what: `${label} has moved on since this commit, and no full version names it`,
          why: 'the label says no more than which line of versions the commit is of',
          next: `to follow it, write @${label} and run pinsmith`,
        }
      : isExactName(label)
        ? {
            what: `the label says ${label}, but the tag of this version is called ${exact}`,
            why: 'an update bot looks for a tag that is called as the label says, and finds none',
            next: `write \`# ${exact}\`: \`pinsmith check --fix\` does, and so does pinsmith`,
          }
        : {
            what: `the label says ${label}, which moves; this commit is ${exact}`,
            why: 'a reviewer cannot tell which version it is, and an update bot may not',
            next: `write \`# ${exact}\`: \`pinsmith check --fix\` does, and so does pinsmith`,
          },
  'label-gone': ({ label }) => ({
    what: `the tag of this label no longer exists: the repository has no tag or branch named ${label}`,
    why: 'a version that was withdrawn may have been withdrawn for a reason, and the label can be held against nothing',
    next: 'keep the pin; look at the releases of the action and choose a version that exists, when you have read what happened',
  }),
  'moved-tag': ({ label, actual, pull }) => ({
    what:
      pull === undefined
        ? `the tag ${label} was moved aside: it is ${actual} now, which does not come after the pinned commit`
        : `the tag ${label} was moved: it is ${actual} now, which came by pull request #${pull} that no branch took in`,
    why: 'tags that were taken over look like this; the pin is what protects you',
    next: 'keep the pin, do not update, and ask the maintainers of the action',
  }),
}

type LabelCode = 'label-missing' | 'label-mismatch' | 'label-vague' | 'label-gone' | 'moved-tag'

const UNTRUE = 'a reviewer who trusts the label does not see that other code runs'

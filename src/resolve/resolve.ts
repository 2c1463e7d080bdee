import type { HostFailure, RepositoryFailure, Resolution } from '../domain/outcome.ts'
import { repositoryKey, type RemoteReference } from '../domain/reference.ts'
import { isExact, parseVersion, spelledWithV } from '../domain/version.ts'
import { labelForName, labelForPin, writtenLabel, type LabelVerdict } from './label.ts'
import { LEFT_OUT, type GitHub, type RepositoryRefs } from './port.ts'
import { makeQuestions, type Inquiry } from './question.ts'
import { resolveRef, type Preference } from './resolution.ts'

/** What is known of one reference once its repository has answered. */
export interface Answer {
  readonly resolution: Resolution
  /** What its line should say; `undefined` where it names no commit. */
  readonly label: LabelVerdict | undefined
  /** Whether the comment on its line, or the beginning of it, is an earlier label: then a new one replaces it. */
  readonly hasLabel: boolean
  /** `owner/repo` of today, where the repository was renamed or moved. */
  readonly renamedTo: string | undefined
  /** Where the site moves on to another release than its ref names; the answer is then about that one. */
  readonly upgrade: Upgrade | undefined
}

/** A move from one release to another. */
export interface Upgrade {
  /** As the tags are called. */
  readonly from: string
  readonly to: string
  readonly isNewMajor: boolean
}

/** Answers to inquiries. */
export interface Answers {
  readonly kind: 'answers'
  readonly of: (inquiry: Inquiry) => Answer
}

/** The answers where nothing had to be asked. */
export const noAnswers: Answers = {
  kind: 'answers',
  of: (inquiry) => answerOne(inquiry, undefined, undefined),
}

/**
 * Resolves every inquiry in one round. Only where a repository has more tags than one answer holds, and an
 * older commit's label is not among them, is that repository asked a second time, for all its tags.
 * @param nested whether the actions' manifests are to come along, for a walk
 */
export async function resolve(
  github: GitHub,
  inquiries: readonly Inquiry[],
  prefer: Preference,
  nested: boolean,
): Promise<Answers | HostFailure> {
  const told = await lookUpAll(github, inquiries, {
    nested,
    wantsAllTags: (inquiry, refs) => wantsTagsForLabel(inquiry, refs, prefer),
  })
  if (told.kind !== 'told') return told
  return {
    kind: 'answers',
    of: (inquiry) => answerOne(inquiry, told.by(inquiry.reference), prefer),
  }
}

/** What every repository told that was asked. */
export interface Told {
  readonly kind: 'told'
  /** `undefined` for a repository that was not asked, or that the host left out of its answer. */
  readonly by: (
    repository: Pick<RemoteReference, 'owner' | 'repo'>,
  ) => RepositoryRefs | RepositoryFailure | undefined
}

/** How inquiries are made. */
export interface LookUpOptions {
  /** Whether the actions' manifests are to come along. */
  readonly nested: boolean
  /** Whether what a repository told does not do, so that it is to be asked a second time, for all its tags. */
  readonly wantsAllTags: (inquiry: Inquiry, refs: RepositoryRefs) => boolean
}

/** Asks the repositories of all inquiries in one round, those that this is not enough for in a second one. */
export async function lookUpAll(
  github: GitHub,
  inquiries: readonly Inquiry[],
  { nested, wantsAllTags }: LookUpOptions,
): Promise<Told | HostFailure> {
  const questions = makeQuestions(inquiries, nested)
  const first = await github.lookUp(questions)
  if (first.kind !== 'answers') return first
  const repositories = new Map(first.repositories)

  const wanting = new Set(
    inquiries
      .filter((inquiry) => {
        const refs = repositories.get(repositoryKey(inquiry.reference))
        return refs?.kind === 'refs' && wantsAllTags(inquiry, refs)
      })
      .map(({ reference }) => repositoryKey(reference)),
  )
  if (wanting.size > 0) {
    const second = await github.lookUp(
      questions
        .filter((question) => wanting.has(repositoryKey(question)))
        .map((question) => ({ ...question, tags: { kind: 'all' } })),
    )
    if (second.kind !== 'answers') return second
    for (const [key, answer] of second.repositories) repositories.set(key, answer)
  }
  return { kind: 'told', by: (repository) => repositories.get(repositoryKey(repository)) }
}

function answerOne(
  { reference, comment }: Inquiry,
  refs: RepositoryRefs | RepositoryFailure | undefined,
  prefer: Preference,
): Answer {
  const unknown = { label: undefined, hasLabel: false, renamedTo: undefined, upgrade: undefined }
  if (refs === undefined)
    return {
      resolution: LEFT_OUT,
      ...unknown,
    }
  if (refs.kind !== 'refs') return { resolution: refs, ...unknown }
  const resolution = resolveRef(reference.ref, refs, prefer)
  const { renamedTo } = refs
  if (resolution.kind !== 'commit' && resolution.kind !== 'tag-object')
    return { resolution, ...unknown, renamedTo }

  const { commit } = resolution
  if (
    resolution.kind === 'commit' &&
    resolution.through !== 'sha' &&
    reference.ref.kind === 'name'
  ) {
    const { name } = reference.ref
    const label = labelForName(name, resolution.through, commit, refs, reference.path)
    return {
      resolution,
      label: { kind: 'write', label, corrects: undefined },
      hasLabel: isEarlierLabel(comment, reference),
      renamedTo,
      upgrade: undefined,
    }
  }
  return {
    resolution,
    label: labelForPin(commit, comment, refs, reference.path),
    hasLabel: writtenLabel(commit, comment, refs) !== undefined,
    renamedTo,
    upgrade: undefined,
  }
}

/** Beside a ref that is no SHA, a single word is a label only where it says that ref. */
function isEarlierLabel(comment: Inquiry['comment'], reference: RemoteReference): boolean {
  return comment.kind === 'label' && (comment.certain || comment.label === reference.ref.text)
}

/** Whether the label of a reference is not settled by the tags that were told, so that it may take others. */
export function wantsTagsForLabel(
  inquiry: Inquiry,
  refs: RepositoryRefs,
  prefer: Preference,
): boolean {
  const { resolution, label } = answerOne(inquiry, refs, prefer)
  if (label === undefined || (resolution.kind !== 'commit' && resolution.kind !== 'tag-object'))
    return false
  const gone = label.kind === 'untrue' ? goneLabel(label) : undefined
  const said = gone ?? ('label' in label ? label.label : undefined)
  const version = said === undefined ? undefined : parseVersion(said)
  if (version !== undefined) {
    const mayLackItsV = gone !== undefined && spelledWithV(version) !== undefined
    return (!isExact(version) || mayLackItsV) && refs.mayHaveMoreTags(resolution.commit)
  }
  // A tag that is no version is its own label, and one that is gone stays, whatever else names the commit.
  const isOwn = label.kind === 'untrue' ? said !== undefined : isThroughTag(resolution)
  return !isOwn && refs.mayHaveMoreTags(resolution.commit)
}

function goneLabel({ untrue }: Extract<LabelVerdict, { kind: 'untrue' }>): string | undefined {
  return untrue.actual === undefined ? untrue.label : undefined
}

function isThroughTag(resolution: Resolution): boolean {
  return resolution.kind === 'commit' && resolution.through === 'tag'
}

import type { SiteComment } from '../domain/comment.ts'
import type { RefName } from '../domain/ref.ts'
import { repositoryKey, type RemoteReference } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import { isExact, parseVersion } from '../domain/version.ts'
import type { ManifestQuestion, RepositoryQuestion } from './port.ts'

/** A reference to resolve, with the comment that stands on its line. */
export interface Inquiry {
  readonly reference: RemoteReference
  readonly comment: SiteComment
}

/**
 * Puts all inquiries into one question for each repository, each ref named once.
 * @param nested whether the manifests are wanted too, for what the actions use in turn
 */
export function makeQuestions(
  inquiries: readonly Inquiry[],
  nested: boolean,
): RepositoryQuestion[] {
  const drafts = new Map<string, Draft>()
  for (const { reference, comment } of inquiries) {
    const key = repositoryKey(reference)
    const { owner, repo } = reference
    const draft = drafts.get(key) ?? {
      owner,
      repo,
      names: new Set(),
      shas: new Set(),
      prefixes: new Set(),
      newest: false,
      manifests: new Map(),
    }
    drafts.set(key, draft)
    addReference(draft, reference, comment)
    if (nested) addManifest(draft, reference)
  }
  return [...drafts.values()].map(({ owner, repo, names, shas, prefixes, newest, manifests }) => ({
    owner,
    repo,
    names: [...names],
    shas: [...shas],
    tags: newest
      ? { kind: 'newest', prefixes: [...prefixes] }
      : prefixes.size > 0
        ? { kind: 'families', prefixes: [...prefixes] }
        : { kind: 'none' },
    manifests: [...manifests.values()],
  }))
}

interface Draft {
  readonly owner: string
  readonly repo: string
  readonly names: Set<RefName>
  readonly shas: Set<CommitSha>
  readonly prefixes: Set<string>
  newest: boolean
  readonly manifests: Map<string, ManifestQuestion>
}

function addReference(draft: Draft, reference: RemoteReference, comment: SiteComment): void {
  const { ref } = reference
  if (ref.kind === 'name') {
    draft.names.add(ref.name)
    addFamilies(draft, ref.name)
    return
  }
  draft.shas.add(ref.sha)
  // Any tag may name the commit.
  draft.newest = true
  for (const label of labelsIn(comment)) {
    draft.names.add(label)
    addFamilies(draft, label)
  }
}

function addManifest({ manifests }: Draft, { kind, path, ref }: RemoteReference): void {
  manifests.set(`${path}@${ref.text}`, { kind, path, ref })
}

function addFamilies(draft: Draft, name: RefName): void {
  const version = parseVersion(name)
  if (version === undefined) draft.newest = true
  else if (!isExact(version)) {
    const numbers = `${version.parts.join('.')}.`
    draft.prefixes.add(`${version.prefix}${numbers}`)
    // A release branch (`release/v1`) keeps its versions under plain tags.
    if (version.prefix.includes('/')) draft.prefixes.add(`v${numbers}`)
  }
}

function labelsIn(comment: SiteComment): readonly RefName[] {
  switch (comment.kind) {
    case 'label':
    case 'leading':
      return [comment.label]
    case 'prose':
      return []
  }
}

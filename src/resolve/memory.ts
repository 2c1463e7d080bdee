import type { RepositoryFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import {
  manifestKey,
  type GitHub,
  type ManifestQuestion,
  type RepositoryQuestion,
  type RepositoryRefs,
  type TagList,
} from './port.ts'

/**
 * A port that asks nothing twice in a run: what was asked before is answered from memory, alone or together with what is new.
 * A repository that failed is not asked again; what it had said before still counts.
 */
export function withMemory(github: GitHub): GitHub {
  const known = new Map<string, Known>()
  return {
    lookUp: async (questions) => {
      const open = questions.flatMap((question) =>
        whatIsNew(question, known.get(repositoryKey(question))),
      )
      if (open.length > 0) {
        const answers = await github.lookUp(open)
        if (answers.kind !== 'answers') return answers
        for (const question of open) {
          const key = repositoryKey(question)
          const answer = answers.repositories.get(key)
          if (answer !== undefined) known.set(key, learn(known.get(key), question, answer))
        }
      }
      const repositories = new Map<string, RepositoryRefs | RepositoryFailure>()
      for (const question of questions) {
        const answer = recall(question, known.get(repositoryKey(question)))
        if (answer !== undefined) repositories.set(repositoryKey(question), answer)
      }
      return { kind: 'answers', repositories }
    },
  }
}

/** What a repository has said so far, and what it was asked. */
interface Known {
  readonly answer: RepositoryRefs | RepositoryFailure
  readonly asked: ReadonlySet<string>
  /** Why it said no more than that, once it was asked for more. */
  readonly failure: RepositoryFailure | undefined
}

/** What is known in answer to a question; where part of it could not be had, why. */
function recall(
  question: RepositoryQuestion,
  known: Known | undefined,
): RepositoryRefs | RepositoryFailure | undefined {
  const { answer, failure } = known ?? {}
  return failure !== undefined && unasked(question, known).length > 0 ? failure : answer
}

/** The part of a question that is to be asked now; nothing where there is none. */
function whatIsNew(question: RepositoryQuestion, known: Known | undefined): RepositoryQuestion[] {
  return known?.failure === undefined ? unasked(question, known) : []
}

/** The part of a question that has had no answer yet. */
function unasked(question: RepositoryQuestion, known: Known | undefined): RepositoryQuestion[] {
  if (known === undefined) return [question]
  const { answer, asked } = known
  if (answer.kind !== 'refs') return []
  const names = question.names.filter((name) => !asked.has(keys.name(name)))
  const shas = question.shas.filter((sha) => !asked.has(keys.sha(sha)))
  const tags = unaskedTags(question.tags, asked)
  const manifests = question.manifests.filter(
    (manifest) =>
      !asked.has(keys.manifest(manifest)) &&
      !(
        manifest.ref.kind === 'sha' && answer.manifests.has(manifestKey(manifest.ref.sha, manifest))
      ),
  )
  const defaultBranch = question.defaultBranch === true && !asked.has(keys.defaultBranch)
  const isNew =
    names.length + shas.length + manifests.length > 0 || tags.kind !== 'none' || defaultBranch
  return isNew ? [{ ...question, names, shas, tags, manifests, defaultBranch }] : []
}

function unaskedTags(tags: TagList, asked: ReadonlySet<string>): TagList {
  if (tags.kind === 'none' || asked.has(keys.allTags)) return { kind: 'none' }
  if (tags.kind === 'all') return tags
  const prefixes = tags.prefixes.filter((prefix) => !asked.has(keys.family(prefix)))
  if (tags.kind === 'newest' && !asked.has(keys.newestTags)) return { kind: 'newest', prefixes }
  return prefixes.length === 0 ? { kind: 'none' } : { kind: 'families', prefixes }
}

function learn(
  known: Known | undefined,
  question: RepositoryQuestion,
  answer: RepositoryRefs | RepositoryFailure,
): Known {
  const before = known?.answer
  if (before?.kind === 'refs' && answer.kind !== 'refs')
    return { answer: before, asked: known?.asked ?? new Set(), failure: answer }
  const asked = new Set([
    ...(known?.asked ?? []),
    ...question.names.map(keys.name),
    ...question.shas.map(keys.sha),
    ...question.manifests.map(keys.manifest),
    ...tagKeys(question.tags),
    ...(question.defaultBranch === true ? [keys.defaultBranch] : []),
  ])
  if (before?.kind !== 'refs' || answer.kind !== 'refs')
    return { answer, asked, failure: undefined }
  const mayHaveMoreTags = (commit: CommitSha): boolean => {
    switch (question.tags.kind) {
      case 'none':
        return before.mayHaveMoreTags(commit)
      case 'families':
        return before.mayHaveMoreTags(commit) || answer.mayHaveMoreTags(commit)
      case 'newest':
      case 'all':
        return answer.mayHaveMoreTags(commit)
    }
  }
  return {
    answer: {
      kind: 'refs',
      renamedTo: answer.renamedTo ?? before.renamedTo,
      archived: answer.archived ?? before.archived,
      tags: new Map([...before.tags, ...answer.tags]),
      branches: new Map([...before.branches, ...answer.branches]),
      tagObjects: new Map([...before.tagObjects, ...answer.tagObjects]),
      absent: new Set([...before.absent, ...answer.absent]),
      mayHaveMoreTags,
      manifests: new Map([...before.manifests, ...answer.manifests]),
      defaultBranch: answer.defaultBranch ?? before.defaultBranch,
    },
    asked,
    failure: undefined,
  }
}

const keys = {
  name: (name: string) => `name ${name}`,
  sha: (sha: string) => `sha ${sha}`,
  family: (prefix: string) => `tags ${prefix}`,
  newestTags: 'newest tags',
  allTags: 'all tags',
  defaultBranch: 'default branch',
  manifest: ({ ref, path, kind }: ManifestQuestion) => `manifest ${kind} ${path} ${ref.text}`,
}

function tagKeys(tags: TagList): string[] {
  switch (tags.kind) {
    case 'none':
      return []
    case 'families':
      return tags.prefixes.map(keys.family)
    case 'newest':
      return [keys.newestTags, ...tags.prefixes.map(keys.family)]
    case 'all':
      return [keys.allTags]
  }
}

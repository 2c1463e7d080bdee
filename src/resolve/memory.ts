import type { RepositoryFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import {
  manifestKey,
  type GitHub,
  type ManifestQuestion,
  type RepositoryQuestion,
  type RepositoryRefs,
} from './port.ts'

/**
 * A port that asks nothing twice in a run: what was asked before is answered from memory, alone or together with what is new.
 * A repository that failed is not asked again.
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
        const answer = known.get(repositoryKey(question))?.answer
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
}

/** The part of a question that the repository has not been asked yet; nothing where there is none. */
function whatIsNew(question: RepositoryQuestion, known: Known | undefined): RepositoryQuestion[] {
  if (known === undefined) return [question]
  const { answer, asked } = known
  if (answer.kind !== 'refs') return []
  const names = question.names.filter((name) => !asked.has(keys.name(name)))
  const shas = question.shas.filter((sha) => !asked.has(keys.sha(sha)))
  const tags =
    asked.has(keys.tags(question)) || asked.has(ALL_TAGS)
      ? ({ kind: 'none' } as const)
      : question.tags
  const manifests = question.manifests.filter(
    (manifest) =>
      !asked.has(keys.manifest(manifest)) &&
      !(
        manifest.ref.kind === 'sha' && answer.manifests.has(manifestKey(manifest.ref.sha, manifest))
      ),
  )
  const isNew = names.length + shas.length + manifests.length > 0 || tags.kind !== 'none'
  return isNew ? [{ ...question, names, shas, tags, manifests }] : []
}

function learn(
  known: Known | undefined,
  question: RepositoryQuestion,
  answer: RepositoryRefs | RepositoryFailure,
): Known {
  const asked = new Set([
    ...(known?.asked ?? []),
    ...question.names.map(keys.name),
    ...question.shas.map(keys.sha),
    ...question.manifests.map(keys.manifest),
    keys.tags(question),
  ])
  const before = known?.answer
  if (before?.kind !== 'refs' || answer.kind !== 'refs') return { answer, asked }
  const mayHaveMoreTags = (commit: CommitSha): boolean =>
    question.tags.kind === 'none' ? before.mayHaveMoreTags(commit) : answer.mayHaveMoreTags(commit)
  return {
    answer: {
      kind: 'refs',
      renamedTo: answer.renamedTo ?? before.renamedTo,
      tags: new Map([...before.tags, ...answer.tags]),
      branches: new Map([...before.branches, ...answer.branches]),
      tagObjects: new Map([...before.tagObjects, ...answer.tagObjects]),
      mayHaveMoreTags,
      manifests: new Map([...before.manifests, ...answer.manifests]),
    },
    asked,
  }
}

const ALL_TAGS = 'tags {"kind":"all"}'

const keys = {
  name: (name: string) => `name ${name}`,
  sha: (sha: string) => `sha ${sha}`,
  tags: ({ tags }: RepositoryQuestion) => `tags ${JSON.stringify(tags)}`,
  manifest: ({ ref, path, kind }: ManifestQuestion) => `manifest ${kind} ${path} ${ref.text}`,
}

import { repositoryKey } from '../../domain/reference.ts'
import type {
  GitHub,
  ManifestAnswer,
  RepositoryQuestion,
  RepositoryRefs,
} from '../../resolve/port.ts'
import type { ManifestStore } from './manifest-store.ts'
import { keyOf } from '../manifest/target.ts'

/**
 * The same port, which does not ask for a manifest at a full commit SHA that the store has. A repository of which nothing else was
 * to be asked is not asked at all: its answer then holds those manifests and nothing more, not even whether it was renamed.
 */
export function withStore(port: GitHub, store: ManifestStore): GitHub {
  return {
    lookUp: async (questions) => {
      const looked = await Promise.all(questions.map((question) => lookInto(store, question)))
      const open = looked.filter(({ isAnswered }) => !isAnswered)
      const asked = open.map(({ question }) => question)
      const answers =
        looked.length > 0 && asked.length === 0
          ? ({ kind: 'answers', repositories: new Map() } as const)
          : await port.lookUp(asked)
      if (answers.kind !== 'answers') return answers
      const entries = looked.flatMap(({ question, known, isAnswered }) => {
        const key = repositoryKey(question)
        const answer = isAnswered ? nothingBut(known) : answers.repositories.get(key)
        if (answer?.kind !== 'refs') return answer === undefined ? [] : [[key, answer] as const]
        const manifests = new Map([...known, ...answer.manifests])
        return [[key, { ...answer, manifests }] as const]
      })
      return { kind: 'answers', repositories: new Map(entries) }
    },
  }
}

interface Looked {
  /** What is left to be asked. */
  readonly question: RepositoryQuestion
  readonly known: ReadonlyMap<string, ManifestAnswer>
  /** Whether nothing is left to be asked, and something was. */
  readonly isAnswered: boolean
}

async function lookInto(store: ManifestStore, question: RepositoryQuestion): Promise<Looked> {
  const looked = await Promise.all(
    question.manifests.map(async (manifest) => {
      const { ref, path, kind } = manifest
      if (ref.kind !== 'sha') return { manifest, known: [] }
      const target = { commit: ref.sha, path, kind }
      const answer = await store.find(question, target)
      return { manifest, known: answer === undefined ? [] : [[keyOf(target), answer] as const] }
    }),
  )
  const known = new Map(looked.flatMap((each) => each.known))
  const manifests = looked.flatMap((each) => (each.known.length === 0 ? [each.manifest] : []))
  const { names, shas, tags, defaultBranch = false } = question
  const isAnswered =
    known.size > 0 &&
    names.length + shas.length + manifests.length === 0 &&
    tags.kind === 'none' &&
    !defaultBranch
  return { question: { ...question, manifests }, known, isAnswered }
}

function nothingBut(manifests: ReadonlyMap<string, ManifestAnswer>): RepositoryRefs {
  return {
    kind: 'refs',
    renamedTo: undefined,
    archived: undefined,
    tags: new Map(),
    branches: new Map(),
    tagObjects: new Map(),
    absent: new Set(),
    // No tags were asked for.
    mayHaveMoreTags: () => false,
    manifests,
  }
}

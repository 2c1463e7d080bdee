import { repositoryKey } from '../../domain/reference.ts'
import type { Connection, RepositoryCommit } from '../../resolve/connection.ts'

/**
 * Two hosts as one: what the first does not have is asked of the second. For Enterprise Servers beside github.com.
 * If the second cannot be asked, nobody knows whether it has them, so that is a failure of the run.
 */
export function withFallback(first: Connection, second: Connection): Connection {
  const ofSecond = new Set<string>()
  const isOfSecond = (at: Pick<RepositoryCommit, 'owner' | 'repo'>): boolean =>
    ofSecond.has(repositoryKey(at))
  return {
    lookUp: async (questions) => {
      const answers = await first.lookUp(questions)
      if (answers.kind !== 'answers') return answers
      const missing = questions.filter(
        (question) =>
          answers.repositories.get(repositoryKey(question))?.kind === 'repository-not-found',
      )
      if (missing.length === 0) return answers
      const others = await second.lookUp(missing)
      if (others.kind !== 'answers') return others
      for (const [key, { kind }] of others.repositories) if (kind === 'refs') ofSecond.add(key)
      const repositories = new Map([...answers.repositories, ...others.repositories])
      return { kind: 'answers', repositories }
    },
    readArchive: async (at) => {
      if (isOfSecond(at)) return second.readArchive(at)
      const archive = await first.readArchive(at)
      return archive.kind === 'repository-not-found' ? second.readArchive(at) : archive
    },
    readDates: async (commits) => {
      const [ours, theirs] = await Promise.all([
        first.readDates(commits.filter((at) => !isOfSecond(at))),
        second.readDates(commits.filter(isOfSecond)),
      ])
      if (ours.kind !== 'dates') return ours
      if (theirs.kind !== 'dates') return theirs
      return { kind: 'dates', of: (at) => (isOfSecond(at) ? theirs : ours).of(at) }
    },
    expandShas: async (shortened) => {
      const [ours, theirs] = await Promise.all([
        first.expandShas(shortened.filter((at) => !isOfSecond(at))),
        second.expandShas(shortened.filter(isOfSecond)),
      ])
      return (at) => (isOfSecond(at) ? theirs : ours)(at)
    },
    findReach: async (questions) => {
      const [ours, theirs] = await Promise.all([
        first.findReach(questions.filter((question) => !isOfSecond(question))),
        second.findReach(questions.filter(isOfSecond)),
      ])
      if (ours.kind !== 'reaches') return ours
      if (theirs.kind !== 'reaches') return theirs
      return { kind: 'reaches', of: (at) => (isOfSecond(at) ? theirs : ours).of(at) }
    },
    readAdvisories: async () => {
      const advisories = await first.readAdvisories()
      return advisories.kind === 'advisories' ? advisories : second.readAdvisories()
    },
  }
}

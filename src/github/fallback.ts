import { repositoryKey } from '../domain/reference.ts'
import type { GitHub } from '../resolve/port.ts'

/**
 * Two hosts as one: what the first does not have is asked of the second. For Enterprise Servers beside github.com.
 * If the second cannot be asked, nobody knows whether it has them, so that is a failure of the run.
 */
export function withFallback(first: GitHub, second: GitHub): GitHub {
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
      const repositories = new Map([...answers.repositories, ...others.repositories])
      return { kind: 'answers', repositories }
    },
  }
}

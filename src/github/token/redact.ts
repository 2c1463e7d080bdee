import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import type { Connection, Reach } from '../../resolve/connection.ts'
import type { ManifestAnswer, RepositoryRefs } from '../../resolve/port.ts'
import type { Token } from './token.ts'

/** The same port, whose messages do not hold the token even where the host's own words repeat it. */
export function withoutToken(port: Connection, token: Token | undefined): Connection {
  if (token === undefined) return port
  return {
    lookUp: async (questions) => {
      const answers = await port.lookUp(questions)
      if (answers.kind !== 'answers') return redact(answers, token)
      const entries = [...answers.repositories].map(
        ([key, result]) => [key, redact(result, token)] as const,
      )
      return { kind: 'answers', repositories: new Map(entries) }
    },
    readArchive: async (at) => redactDetail(await port.readArchive(at), token),
    readDates: async (commits) => {
      const dates = await port.readDates(commits)
      if (dates.kind !== 'dates') return redactDetail(dates, token)
      return { kind: 'dates', of: (at) => redactDate(dates.of(at), token) }
    },
    expandShas: async (shortened) => {
      const expansionOf = await port.expandShas(shortened)
      return (at) => redactDetail(expansionOf(at), token)
    },
    findReach: async (questions) => {
      const reaches = await port.findReach(questions)
      if (reaches.kind !== 'reaches') return redactDetail(reaches, token)
      return { kind: 'reaches', of: (at) => redactReach(reaches.of(at), token) }
    },
    readAdvisories: async () => redactDetail(await port.readAdvisories(), token),
  }
}

function redact<T extends RepositoryRefs | RepositoryFailure | HostFailure>(
  result: T,
  token: Token,
): T {
  if (!('manifests' in result)) return redactDetail(result, token)
  const manifests = [...result.manifests].map(
    ([key, manifest]) => [key, redactManifest(manifest, token)] as const,
  )
  return { ...result, manifests: new Map(manifests) }
}

function redactDate(date: number | string, token: Token): number | string {
  return typeof date === 'string' ? redactText(date, token) : date
}

function redactReach(reach: Reach, token: Token): Reach {
  return { ...reach, by: redactDetail(reach.by, token) }
}

function redactDetail<T extends object>(result: T, token: Token): T {
  return 'detail' in result && typeof result.detail === 'string'
    ? { ...result, detail: redactText(result.detail, token) }
    : result
}

/** A manifest's text is not ours to change. */
function redactManifest(manifest: ManifestAnswer, token: Token): ManifestAnswer {
  return manifest.kind === 'unreadable'
    ? { ...manifest, detail: redactText(manifest.detail, token) }
    : manifest
}

function redactText(text: string, token: Token): string {
  return text.replaceAll(token.reveal(), '[token]')
}

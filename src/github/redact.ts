import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'
import type { GitHub, ManifestAnswer, RepositoryRefs } from '../resolve/port.ts'
import type { Token } from './token.ts'

/** The same port, whose messages do not hold the token even where the host's own words repeat it. */
export function withoutToken(port: GitHub, token: Token | undefined): GitHub {
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
  }
}

function redact<T extends RepositoryRefs | RepositoryFailure | HostFailure>(
  result: T,
  token: Token,
): T {
  if ('detail' in result) return { ...result, detail: redactText(result.detail, token) }
  if (!('manifests' in result)) return result
  const manifests = [...result.manifests].map(
    ([key, manifest]) => [key, redactManifest(manifest, token)] as const,
  )
  return { ...result, manifests: new Map(manifests) }
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

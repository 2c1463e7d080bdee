import type { ManifestQuestion } from '../../resolve/port.ts'

/** A file that may be the manifest. Of a Dockerfile it only matters that it is there. */
export interface Candidate {
  /** Below the repository's root. */
  readonly path: string
  readonly isDockerfile: boolean
}

/** A manifest larger than this, in bytes, is not read. The largest known is under a hundredth of it. */
export const MOST_BYTES = 5_000_000

// The runner's order: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionManager.cs
const ACTION_FILES = ['action.yml', 'action.yaml', 'Dockerfile', 'dockerfile']

/** The files that a manifest may stand in; the first that exists is it. */
export function candidatesOf({
  path,
  kind,
}: Pick<ManifestQuestion, 'path' | 'kind'>): readonly Candidate[] {
  // Half of a surrogate pair is no text that any encoding of a request could carry.
  const known = path.replaceAll(/\p{Surrogate}/gu, '\uFFFD')
  if (kind === 'workflow') return [{ path: known, isDockerfile: false }]
  return ACTION_FILES.map((file) => ({
    path: known === '' ? file : `${known}/${file}`,
    isDockerfile: !file.startsWith('action.'),
  }))
}

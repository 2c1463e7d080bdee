import type { SelfReference } from '../../domain/reference.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { VendorObstacle } from '../../domain/vendor-obstacle.ts'
import { applyEdits, type TextEdit } from '../../yaml/edit.ts'
import { locateParsed, type LocatedFile, type Site } from '../../yaml/locate.ts'
import { verifyEdits } from '../../yaml/verify.ts'
import type { RepositoryName } from './place.ts'

/** A manifest in which `$/` references name their repository and its commit, as they did without saying so. */
export interface Named {
  readonly kind: 'named'
  readonly located: LocatedFile
  /** The folders of the actions that they lead to, each once. */
  readonly folders: readonly string[]
}

/**
 * Writes `$/x` out as `owner/repo/x@commit`: in a copy it would mean the repository that the copy is in. `./x` means the workspace
 * here and there, and stays.
 * @param file what an obstacle calls it
 */
export function nameSelfReferences(
  located: LocatedFile,
  file: string,
  { owner, repo }: RepositoryName,
  commit: CommitSha,
): Named | VendorObstacle {
  const edits: TextEdit[] = []
  const folders = new Set<string>()
  const obstacleAt = ({ position, text }: Site): VendorObstacle => ({
    kind: 'self-reference',
    file,
    position,
    written: text,
  })

  for (const site of located.sites) {
    if (typeof site.reference === 'string' && site.text.startsWith('$/')) return obstacleAt(site)
    const reference = selfReferenceAt(site)
    if (reference === undefined) continue
    if (typeof site.textSpan === 'string') return obstacleAt(site)
    const place = reference.path === '' ? '' : `/${reference.path}`
    folders.add(reference.path)
    edits.push({
      span: site.textSpan,
      expected: site.text,
      replacement: `${owner}/${repo}${place}@${commit}`,
    })
  }
  const [first] = located.sites.filter((site) => selfReferenceAt(site) !== undefined)
  if (first === undefined) return { kind: 'named', located, folders: [] }
  const verified = verifyEdits(located.parsed, applyEdits(located.parsed.text, edits), edits)
  const renamed = verified.kind === 'verified' ? locateParsed(verified.parsed) : undefined
  return renamed?.kind === 'located'
    ? { kind: 'named', located: renamed, folders: [...folders] }
    : obstacleAt(first)
}

function selfReferenceAt({ reference }: Site): SelfReference | undefined {
  return typeof reference === 'object' && reference.kind === 'self' ? reference : undefined
}

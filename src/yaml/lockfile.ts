import { isMap, isScalar, isSeq, type Pair } from 'yaml'
import type { Position } from '../domain/span.ts'
import { parseYaml, type ParsedText } from './parse.ts'

/**
 * What GitHub's lockfile says that workflows use, themselves and by what they use in turn (`.github/workflows/actions.lock`:
 * `workflows: path → [OWNER/REPO@REF]`), by their paths below the repository's root; `undefined` where it cannot be read as one.
 */
export function readLockfile(text: string): ReadonlyMap<string, readonly string[]> | undefined {
  const parsed = parseYaml(text)
  const workflows = parsed.kind === 'fault' ? undefined : pairsIn(parsed, 'workflows')
  return (
    workflows &&
    new Map(
      workflows.flatMap(({ key, value }) =>
        isScalar(key) ? [[String(key.value), textsIn(value)] as const] : [],
      ),
    )
  )
}

/** A commit that the lockfile has for a reference. */
export interface LockedCommit {
  /** `OWNER/REPO@REF` */
  readonly key: string
  /** As written: `sha1-` and 40 hexadecimal digits, for now. */
  readonly commit: string
  readonly position: Position
}

/** The commits that are run for what the lockfile lists (`dependencies: OWNER/REPO@REF → {commit}`); none where it cannot be read. */
export function readLockedCommits(text: string): LockedCommit[] {
  const parsed = parseYaml(text)
  if (parsed.kind === 'fault') return []
  return (pairsIn(parsed, 'dependencies') ?? []).flatMap(({ key, value }) => {
    const commit: unknown = isMap(value) ? value.get('commit') : undefined
    if (!isScalar(key) || typeof commit !== 'string') return []
    const position = parsed.lines.position(key.range?.[0] ?? 0)
    return [{ key: String(key.value), commit, position }]
  })
}

/** What stands in a map of the file's own; `undefined` where there is none. */
function pairsIn({ documents }: ParsedText, name: string): readonly Pair[] | undefined {
  const top = documents[0]?.contents
  const map: unknown = isMap(top) ? top.get(name) : undefined
  return isMap(map) ? map.items : undefined
}

function textsIn(list: unknown): string[] {
  if (!isSeq(list)) return []
  return list.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : []))
}

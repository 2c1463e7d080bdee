import { isMap, isScalar, isSeq } from 'yaml'
import { parseYaml } from './parse.ts'

/**
 * What GitHub's lockfile says that workflows use, themselves and by what they use in turn (`.github/workflows/actions.lock`:
 * `workflows: path → [OWNER/REPO@REF]`), by their paths below the repository's root; `undefined` where it cannot be read as one.
 */
export function readLockfile(text: string): ReadonlyMap<string, readonly string[]> | undefined {
  const parsed = parseYaml(text)
  if (parsed.kind === 'fault') return undefined
  const top = parsed.documents[0]?.contents
  const workflows: unknown = isMap(top) ? top.get('workflows') : undefined
  if (!isMap(workflows)) return undefined
  return new Map(
    workflows.items.flatMap(({ key, value }) =>
      isScalar(key) ? [[String(key.value), textsIn(value)] as const] : [],
    ),
  )
}

function textsIn(list: unknown): string[] {
  if (!isSeq(list)) return []
  return list.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : []))
}

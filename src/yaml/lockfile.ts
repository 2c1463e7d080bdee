import { isMap, isScalar } from 'yaml'
import { parseYaml } from './parse.ts'

/**
 * The workflows that GitHub's lockfile lists (`.github/workflows/actions.lock`: `workflows: path → […]`), by their
 * paths below the repository's root; `undefined` where it cannot be read as one.
 */
export function readLockedWorkflows(text: string): ReadonlySet<string> | undefined {
  const parsed = parseYaml(text)
  if (parsed.kind === 'fault') return undefined
  const top = parsed.documents[0]?.contents
  const workflows: unknown = isMap(top) ? top.get('workflows') : undefined
  if (!isMap(workflows)) return undefined
  return new Set(workflows.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])))
}

import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { ParsedText } from './parse.ts'

/** Whether a workflow can be called by others: `on: workflow_call`, in any of the forms that GitHub reads. */
export function isCallable({ documents, aliases }: ParsedText): boolean {
  const follow = (node: unknown): unknown => (isAlias(node) ? aliases.get(node) : node)
  const isCall = (node: unknown): boolean => {
    const name = follow(node)
    return isScalar(name) && name.value === 'workflow_call'
  }
  return documents.some(({ contents }) => {
    if (!isMap(contents)) return false
    const triggers = follow(
      contents.items.find(({ key }) => isScalar(key) && key.value === 'on')?.value,
    )
    if (isMap(triggers)) return triggers.items.some(({ key }) => isCall(key))
    return isSeq(triggers) ? triggers.items.some(isCall) : isCall(triggers)
  })
}

import type { CST } from 'yaml'

/**
 * Where a text is nested more deeply than anybody means it to be. Composing is recursive, and a text made to be hostile can
 * run it out of stack in a place where the engine does not throw but abort.
 * @returns the offset of a collection too deep; `undefined` where there is none
 */
export function findTooDeep(tokens: readonly CST.Token[]): number | undefined {
  let level: readonly CST.Token[] = tokens
  for (let depth = 0; level.length > 0; depth += 1) {
    const [first] = level
    if (depth > MOST_LEVELS && first !== undefined) return first.offset
    level = level.flatMap(tokensIn)
  }
  return undefined
}

/** GitHub's runner itself reads at most fifty levels. */
const MOST_LEVELS = 100

function tokensIn(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value]
  if (!('items' in token)) return []
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])])
}

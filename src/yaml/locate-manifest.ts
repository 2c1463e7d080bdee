import { locate, type Located } from './locate.ts'

/**
 * Finds the sites of a manifest that is looked at and never edited, as GitHub would. Its parser takes quoted text whose further lines
 * are indented less than YAML allows; those lines are moved to the right first, which no quoted text shows. Such a thing
 * stands in https://github.com/r-lib/actions/blob/v2.10.1/setup-r-dependencies/action.yaml.
 */
export function locateManifest(text: string): Located {
  const first = locate(text)
  if (text.length > LONGEST) return first
  let located = first
  let moved = text
  for (let times = 0; located.kind === 'yaml' && times < MOST_LINES; times++) {
    if (!UNCLOSED.test(located.detail)) return first
    moved = moveLine(moved, located.position.line)
    located = locate(moved)
  }
  return located.kind === 'yaml' ? first : located
}

// Each such line costs a parse of the whole; nobody writes as many, or as long a manifest.
const MOST_LINES = 20
const LONGEST = 200_000

const UNCLOSED = /^Missing closing ['"]quote/

/** Moves the line behind this one, counted from 1, farther to the right than any block stands. */
function moveLine(text: string, line: number): string {
  const lines = text.split('\n')
  return lines
    .map((each, index) => (index === line ? `${' '.repeat(200)}${each}` : each))
    .join('\n')
}

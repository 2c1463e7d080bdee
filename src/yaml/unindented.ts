/**
 * The same text to read, letter for letter as long, with the line ends of a quoted text that goes on at the margin made spaces.
 * YAML wants those lines indented; GitHub's parser does not care, like most that descend from libyaml. Such a thing stands
 * in https://github.com/r-lib/actions/blob/v2.10.1/setup-r-dependencies/action.yaml.
 * @param offset where the reader took the quoted text to end
 * @param quote what it missed there
 * @returns `undefined` where the quote is closed nowhere, or a document ends before
 */
export function joinQuoted(text: string, offset: number, quote: string): string | undefined {
  const end = findClosing(text, offset, quote)
  const inside = end === undefined ? undefined : text.slice(offset, end)
  if (end === undefined || inside === undefined || DOCUMENT_MARKER.test(inside)) return undefined
  return text.slice(0, offset) + inside.replaceAll(/[\r\n]/g, ' ') + text.slice(end)
}

const DOCUMENT_MARKER = /\n(?:---|\.\.\.)(?:\s|$)/

/** Where the quote closes behind an offset: `''` in single quotes and `\"` in double ones do not. */
function findClosing(text: string, offset: number, quote: string): number | undefined {
  for (let at = offset; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at
      at++
    }
  }
  return undefined
}

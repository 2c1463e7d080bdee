import { printable, spellOut } from './printable.ts'

/**
 * Outside text as a code span of GitHub's Markdown, also in a table: nothing in it is markup, a mention or a link. Backticks
 * and bars, which could end the span or the cell, are shown as `printable` shows what cannot be seen.
 */
export function codeSpan(text: string): string {
  const shown = cut(printable(text).replace(/[`|]/g, spellOut), MOST_LETTERS)
  return shown === '' ? '' : `\`${shown}\``
}

/**
 * A sentence as Markdown. Whatever in it could be more than a word (a reference, an option, `@somebody`, an address, a tag)
 * becomes a code span, in which GitHub sees nothing else.
 */
export function prose(text: string): string {
  return cut(printable(text), MOST_PROSE)
    .trim()
    .replace(TOKEN, (_, before: string, code: string | undefined, word: string | undefined) =>
      code === undefined ? writeWord(word ?? '') : `${before}${codeSpan(code)}`,
    )
}

// What is code already, or what stands between blanks.
const TOKEN = /([(“‘"']*)`([^`]+)`|(\S+)/g

// Nobody reads on; and a report must stay within what GitHub takes.
const MOST_LETTERS = 300
const MOST_PROSE = 2000

function writeWord(word: string): string {
  const [, before = '', core = '', after = ''] = WORD.exec(word) ?? []
  return PLAIN.test(core) && !ACTIVE.test(core) ? word : `${before}${codeSpan(core)}${after}`
}

// Punctuation around a word stays outside of its code span.
const WORD = /^([(“‘"']*)(.*?)([)”’"'.,;:!?…]*)$/su

const PLAIN = /^[\p{L}\p{M}\p{N}'’"“”‘.,;:()/…→–—%=+?-]*$/u

// Options; what GitHub makes a link of by itself: addresses, and issues as `GH-1`.
const ACTIVE = /^--?\w|:\/\/|www|GH-\d/i

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…` : text
}

import { printable } from '../printable.ts'

/** Outside text as HTML, in an element or in a quoted attribute, with nothing in it that hides or turns the direction. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Data for a `<script type="application/json">`: nothing in it ends the element. */
export function escapeData(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0')
    return `\\u${code}`
  })
}

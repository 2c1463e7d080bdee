import { escapeHtml } from './escape.ts'

/** Words of a message as an HTML sentence. */
export function sentence(text: string): string {
  return escapeHtml(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`)
}

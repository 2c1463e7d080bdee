import { parseComment } from '../../src/domain/comment.ts'
import { parseReference } from '../../src/domain/reference.ts'
import type { Inquiry } from '../../src/resolve/question.ts'

/** What a step with this reference, and with this comment beside it, asks. */
export function inquiry(text: string, words = ''): Inquiry {
  const reference = parseReference(text, 'step')
  const comment = parseComment(words)
  if (typeof reference === 'string' || !('ref' in reference)) throw new Error(text)
  if (comment.kind === 'several') throw new Error(words)
  return { reference, comment }
}

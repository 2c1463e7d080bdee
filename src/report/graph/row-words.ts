import type { Row } from './forest.ts'
import { shortCommit, shortenCommits } from './reference.ts'
import { OPEN, reasonWords } from '../verdict/unknown-words.ts'

/** What is to be said about a row, if anything. */
export type RowMark =
  | { readonly kind: 'none' }
  | { readonly kind: 'unpinned'; readonly unknown: string | undefined }
  | { readonly kind: 'unknown'; readonly why: string }

export function rowMark({ edge }: Pick<Row, 'edge'>): RowMark {
  const { standing, target } = edge
  const reason =
    target.kind === 'unknown' ? shortenCommits(reasonWords(target.reason, edge.written)) : undefined
  switch (standing) {
    case 'unpinned':
      return { kind: 'unpinned', unknown: reason }
    case 'open':
      return { kind: 'unknown', why: reason ?? OPEN }
    case 'pinned':
    case 'exempt':
      return reason === undefined ? { kind: 'none' } : { kind: 'unknown', why: reason }
  }
}

/** What a row leads to, where the reference does not say so itself: the commit behind a tag, an image. */
export function rowTail({ edge, node }: Pick<Row, 'edge' | 'node'>): string {
  if (edge.target.kind === 'leaf')
    return edge.target.what === 'image' ? 'image' : 'built from a Dockerfile'
  if (node?.kind !== 'remote' || edge.written.toLowerCase().includes(node.commit)) return ''
  return isInside(edge.written) ? '' : `= ${shortCommit(node.commit)}`
}

function isInside(written: string): boolean {
  return /^[.$][\\/]/.test(written)
}

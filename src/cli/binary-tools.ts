import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { BinaryTools } from '../report/file-diff.ts'

/** What diffs of files that are no text are made with. */
export const binaryTools: BinaryTools = {
  // As fast as git does it, so that the bytes are the same.
  deflate: (bytes) => deflateSync(bytes, { level: 1 }),
  blobId: (bytes) =>
    createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'),
}

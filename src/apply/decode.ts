import { isUtf8 } from 'node:buffer'
import type { FileProblem } from '../domain/problem.ts'
import type { Position } from '../domain/span.ts'

export type DecodeResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: FileProblem }

/** Reads bytes as strict UTF-8, the BOM left in, so that the text is the bytes. `file`: what messages call it. */
export function decodeText(file: string, bytes: Buffer): DecodeResult {
  if (bytes.includes(0)) return { kind: 'problem', problem: { file, code: 'binary' } }
  if (isUtf8(bytes)) return { kind: 'text', text: bytes.toString('utf8') }
  return { kind: 'problem', problem: { file, code: 'not-utf8', position: firstBadByte(bytes) } }
}

function firstBadByte(bytes: Uint8Array): Position {
  // A decoder that expects more takes an unfinished sequence but no bad one: so the good beginnings are exactly
  // those up to some length, and bisection finds it.
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1
    if (decodeBeginning(bytes, middle) === undefined) bad = middle
    else good = middle
  }
  const lines = (decodeBeginning(bytes, good) ?? '').split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

// Without its BOM: no editor counts that as a column.
function decodeBeginning(bytes: Uint8Array, length: number): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), {
      stream: true,
    })
  } catch {
    return undefined
  }
}

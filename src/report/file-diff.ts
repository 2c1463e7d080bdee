import type { FileChange, FileState } from '../remedy/vendor/copies.ts'
import { hunksOf } from './diff.ts'
import { encodeBase85 } from './git-base85.ts'

/** What it takes to write bytes that are no text into a diff. */
export interface BinaryTools {
  /** By zlib, as git wants it. */
  readonly deflate: (bytes: Uint8Array) => Uint8Array
  /** Git's id of the bytes as a blob: 40 hexadecimal digits. */
  readonly blobId: (bytes: Uint8Array) => string
}

/**
 * Files that come, change or go as one diff in git's own format, with their modes, which `git apply` takes at the repository's
 * root. Names are such that none needs quotes.
 */
export function formatFileChanges(changes: readonly FileChange[], tools: BinaryTools): string {
  return changes.map((change) => formatChange(change, tools)).join('')
}

function formatChange({ path, before, after }: FileChange, tools: BinaryTools): string {
  const head = `diff --git a/${path} b/${path}\n${modeLines(before, after)}`
  const [from, to] = [textIn(before), textIn(after)]
  if (from === undefined || to === undefined) return head + binaryPatch(before, after, tools)
  if (from === to) return head
  // As git does: `patch` takes a name to end at its first blank, unless a tab follows.
  const tab = path.includes(' ') ? '\t' : ''
  const old = before === undefined ? '/dev/null' : `a/${path}${tab}`
  const fresh = after === undefined ? '/dev/null' : `b/${path}${tab}`
  return `${head}--- ${old}\n+++ ${fresh}\n${hunksOf(from, to)}`
}

function modeLines(before: FileState | undefined, after: FileState | undefined): string {
  if (before === undefined) return after === undefined ? '' : `new file mode ${modeOf(after)}\n`
  if (after === undefined) return `deleted file mode ${modeOf(before)}\n`
  return before.executable === after.executable
    ? ''
    : `old mode ${modeOf(before)}\nnew mode ${modeOf(after)}\n`
}

// https://git-scm.com/docs/diff-format; how bytes are written is told only by git's own source (diff.c, emit_binary_diff_body).
function binaryPatch(
  before: FileState | undefined,
  after: FileState | undefined,
  { deflate, blobId }: BinaryTools,
): string {
  const [from, to] = [bytesOf(before), bytesOf(after)]
  const idOf = (state: FileState | undefined): string =>
    state === undefined ? '0'.repeat(40) : blobId(state.bytes)
  const literal = (bytes: Uint8Array): string =>
    `literal ${bytes.length}\n${encodeBase85(deflate(bytes))}\n`
  return `index ${idOf(before)}..${idOf(after)}\nGIT binary patch\n${literal(to)}${literal(from)}`
}

/** The text of a file; empty where there is none, and `undefined` where it is no text. */
function textIn(state: FileState | undefined): string | undefined {
  const bytes = bytesOf(state)
  if (bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function bytesOf(state: FileState | undefined): Uint8Array {
  return state?.bytes ?? new Uint8Array()
}

function modeOf({ executable }: FileState): string {
  return executable ? '100755' : '100644'
}

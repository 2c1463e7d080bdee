import { isUtf8 } from 'node:buffer'
import { parseCommitSha, type CommitSha } from '../../domain/sha.ts'
import type { RepositoryQuestion } from '../../resolve/port.ts'
import { refsIn } from '../question-refs.ts'
import { DELIM, FLUSH, packetLine, readPackets } from './pkt-line.ts'

/** One ref as `ls-refs` tells it. */
export interface ListedRef {
  readonly name: string
  readonly object: CommitSha
  /** Where `object` is an annotated tag: what it peels to, through tags of tags. */
  readonly peeled: CommitSha | undefined
  /** Where it is symbolic, as `HEAD` is: the full name of the ref that it stands for. */
  readonly target: string | undefined
}

/** `damaged`: not the protocol, or not all of it. `error`: git's own word that it will not. */
export type LsRefsAnswer =
  | { readonly kind: 'refs'; readonly refs: readonly ListedRef[] }
  | { readonly kind: 'error'; readonly detail: string }
  | { readonly kind: 'damaged' }

/**
 * The body of an `ls-refs` request for the refs whose full names begin with one of these.
 * https://git-scm.com/docs/gitprotocol-v2#_ls_refs
 */
export function lsRefsRequest(prefixes: readonly string[], agent: string): string {
  const symrefs = prefixes.includes('HEAD') ? ['symrefs'] : []
  const lines = ['peel', ...symrefs, ...prefixes.map((prefix) => `ref-prefix ${prefix}`)]
  const head = ['command=ls-refs', `agent=${agent}`, 'object-format=sha1']
  return [...head.map(packetLine), DELIM, ...lines.map(packetLine), FLUSH].join('')
}

/** Reads the answer strictly: every line is a ref, and a flush packet ends it. */
export function readLsRefs(body: Uint8Array): LsRefsAnswer {
  const packets = readPackets(body)
  if (packets === undefined) return { kind: 'damaged' }
  const refs: ListedRef[] = []
  for (const [index, packet] of packets.entries()) {
    if (packet.kind === 'flush' && index === packets.length - 1) return { kind: 'refs', refs }
    if (packet.kind !== 'line') return { kind: 'damaged' }
    const text = new TextDecoder().decode(packet.payload).replace(/\n$/, '')
    if (text.startsWith('ERR ')) return { kind: 'error', detail: text.slice(4) }
    // A name that is not UTF-8 cannot stand in a workflow, and must not come to look like one that can.
    if (!isUtf8(packet.payload) || text.startsWith('unborn ')) continue
    const ref = readRef(text)
    if (ref === undefined) return { kind: 'damaged' }
    refs.push(ref)
  }
  return { kind: 'damaged' }
}

function readRef(text: string): ListedRef | undefined {
  const [oid = '', name = '', ...attributes] = text.split(' ')
  const object = parseCommitSha(oid)
  const peeledText = attributes.find((attribute) => attribute.startsWith('peeled:'))?.slice(7)
  const peeled = peeledText === undefined ? undefined : parseCommitSha(peeledText)
  if (object === undefined || name === '') return undefined
  if (peeledText !== undefined && peeled === undefined) return undefined
  const target = attributes.find((attribute) => attribute.startsWith('symref-target:'))?.slice(14)
  return { name, object, peeled, target }
}

/** What the names of all refs that a question asks for begin with. Whether a SHA is a tag's object shows only in the whole list of tags, as does what the newest tags are. */
export function prefixesOf(question: RepositoryQuestion): readonly string[] {
  const { tags } = question
  const { names, shas } = refsIn(question)
  const head = question.defaultBranch === true ? ['HEAD'] : []
  const branches = [...names.map((name) => `refs/heads/${name}`), ...head]
  if (shas.length > 0 || tags.kind === 'newest' || tags.kind === 'all')
    return ['refs/tags/', ...branches]
  const families = tags.kind === 'families' ? tags.prefixes : []
  const prefixes = [...names, ...families].map((prefix) => `refs/tags/${prefix}`)
  // Without any prefix git would list every ref there is.
  return prefixes.length === 0 ? ['HEAD'] : [...new Set([...prefixes, ...branches])]
}

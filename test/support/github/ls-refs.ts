import { flush, packet, readPackets } from './pkt-line.ts'
import type { Ref, Repository } from './repository.ts'

/** The v2 command `ls-refs` of gitprotocol-v2(5), as upload-pack answers it. */
export interface LsRefs {
  readonly peel: boolean
  readonly symrefs: boolean
  readonly unborn: boolean
  /** None means every ref. */
  readonly prefixes: readonly string[]
}

/** Reads a v2 request, or says in git's words why it is refused. */
export function readLsRefs(body: Buffer): LsRefs | { readonly error: string } {
  const packets = readPackets(body)
  const split = packets.findIndex(({ kind }) => kind === 'delim' || kind === 'flush')
  const head = linesOf(packets.slice(0, split))
  const command = head.find((line) => line.startsWith('command='))
  const unknown = head.find((line) => !/^(command|agent|object-format|server-option)=/.test(line))
  if (unknown !== undefined) return { error: `unknown capability '${unknown}'` }
  if (command === undefined) return { error: 'no command requested' }
  if (command !== 'command=ls-refs') return { error: `invalid command '${command.slice(8)}'` }
  return readArguments(linesOf(packets.slice(split + 1)))
}

/** HEAD first, then by name. */
export function answerLsRefs(repository: Repository, request: LsRefs): string {
  const wanted = (name: string) =>
    request.prefixes.length === 0 || request.prefixes.some((prefix) => name.startsWith(prefix))
  const refs = repository.refs.filter(({ fullName }) => wanted(fullName))
  const head = wanted('HEAD') ? headLine(repository, request) : ''
  const lines = refs.map((ref) => packet(`${ref.object} ${ref.fullName}${peeled(ref, request)}`))
  return [head, ...lines, flush].join('')
}

function readArguments(lines: readonly string[]): LsRefs | { readonly error: string } {
  const prefixes = lines.filter((line) => line.startsWith('ref-prefix '))
  const flags = lines.filter((line) => !line.startsWith('ref-prefix '))
  const unexpected = flags.find((flag) => !['peel', 'symrefs', 'unborn'].includes(flag))
  if (unexpected !== undefined) return { error: `unexpected line: '${unexpected}'` }
  return {
    peel: flags.includes('peel'),
    symrefs: flags.includes('symrefs'),
    unborn: flags.includes('unborn'),
    prefixes: prefixes.map((line) => line.slice('ref-prefix '.length)),
  }
}

function headLine(repository: Repository, { symrefs, unborn }: LsRefs): string {
  const target = `refs/heads/${repository.defaultBranch}`
  const symref = symrefs ? ` symref-target:${target}` : ''
  const tip = repository.ref(target)
  if (tip) return packet(`${tip.object} HEAD${symref}`)
  return unborn && symrefs ? packet(`unborn HEAD${symref}`) : ''
}

function peeled(ref: Ref, { peel }: LsRefs): string {
  return peel && ref.object !== ref.commit ? ` peeled:${ref.commit}` : ''
}

function linesOf(packets: ReturnType<typeof readPackets>): string[] {
  return packets.flatMap((p) => (p.kind === 'line' ? [p.text] : []))
}

import type { Finding } from '../../check/finding.ts'
import { hashLines } from './line-hash.ts'

/** By what a host knows a finding again when its line has moved. */
export interface Fingerprint {
  /** By its code, its file and the reference; a second one of the same is told from the first. */
  readonly own: string
  /** As GitHub makes it from the line that the finding stands in; for one that stands in no line, its own. */
  readonly line: string
}

/** Makes the fingerprints of findings, in their order. `texts` is by the path that findings name. */
export function fingerprintsOf(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
): Fingerprint[] {
  const seen = new Map<string, number>()
  const lines = new Map<string, (line: number) => string | undefined>()

  function lineOf({ file, position }: Finding): string | undefined {
    const text = file === undefined ? undefined : texts.get(file)
    if (file === undefined || text === undefined) return undefined
    const hashes = lines.get(file) ?? hashLines(text)
    lines.set(file, hashes)
    return hashes(position?.line ?? 1)
  }

  return findings.map((finding) => {
    const { detail, file, reference } = finding
    const digest = hash(JSON.stringify([detail.code, file, reference]))
    const times = (seen.get(digest) ?? 0) + 1
    seen.set(digest, times)
    const own = `${digest}:${times}`
    return { own, line: lineOf(finding) ?? own }
  })
}

/** FNV-1a over UTF-16 code units, in 64 bits, as hexadecimal digits. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n
  for (let at = 0; at < text.length; at++)
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n)
  return value.toString(16)
}

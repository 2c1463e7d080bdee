import type { Chain, Verdict } from '../../walk/verdict.ts'

/** The keys by which every JSON output carries the verdict. */
export interface VerdictJson {
  readonly verdict: Verdict['kind']
  /** The chains to blame, each from the file down, references as written. */
  readonly chains: readonly (readonly string[])[]
  /** The chains at whose end it is not known what runs, likewise. */
  readonly unknown: readonly (readonly string[])[]
}

/** A verdict as data. Chains that read the same stand in it once. */
export function verdictJson({ kind, blocked, unknown }: Verdict): VerdictJson {
  return { verdict: kind, chains: asWritten(blocked), unknown: asWritten(unknown) }
}

function asWritten(chains: readonly Chain[]): string[][] {
  const distinct = new Map<string, string[]>()
  for (const { file, references } of chains) {
    const strings = [file, ...references.map(({ written }) => written)]
    distinct.set(JSON.stringify(strings), strings)
  }
  return [...distinct.values()]
}

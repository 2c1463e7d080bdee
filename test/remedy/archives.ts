import type { Archive, ArchiveEntry } from '../../src/resolve/connection.ts'

/** What a file of an archive made by hand is: its text or bytes, or how it differs from an ordinary file. */
export type FileInShort = string | Uint8Array | { readonly run: string } | { readonly link: string }

/** An archive made by hand. */
export function archiveOf(files: Readonly<Record<string, FileInShort>>): Archive {
  const entries = Object.entries(files).map(([path, file]) => [path, entryOf(file)] as const)
  return { kind: 'archive', host: 'github.com', entries: new Map(entries) }
}

function entryOf(file: FileInShort): ArchiveEntry {
  if (typeof file === 'string' || file instanceof Uint8Array)
    return { kind: 'file', executable: false, bytes: Buffer.from(file) }
  if ('link' in file) return { kind: 'link', target: file.link }
  return { kind: 'file', executable: true, bytes: Buffer.from(file.run) }
}

/** The manifest of a composite action whose steps run these lines, or use what begins with `uses`. */
export function compositeOf(...steps: readonly string[]): string {
  const lines = steps.map((step) =>
    step.startsWith('uses: ') ? `    - ${step}\n` : `    - run: ${step}\n      shell: bash\n`,
  )
  return `name: Made for a test\nruns:\n  using: composite\n  steps:\n${lines.join('')}`
}

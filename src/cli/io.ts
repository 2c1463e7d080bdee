/** Everything that a run takes from the process, so that a test can hand in its own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The current folder, absolute. */
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array | string>
  /** Machine output alone. */
  readonly stdout: Output
  /** Messages and progress. */
  readonly stderr: Output
}

export interface Output {
  write(text: string | Uint8Array): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

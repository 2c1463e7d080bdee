/** What a run came to, as its exit code. */
export const exitCode = {
  /** Everything asked for is done and true. */
  done: 0,
  /** Unpinned or untrue references remain, or (`--dry-run --exit-code`) changes are due. */
  findings: 1,
  /** The tool could not do its work. */
  failed: 2,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

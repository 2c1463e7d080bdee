import type { GitHubRequest, RequestKind } from './request.ts'

interface LoggedRequest extends GitHubRequest {
  /** What was answered; 0 while it is on its way, and for a connection that was reset. */
  readonly status: number
  /** Milliseconds of `performance.now()`; `finished` is Infinity while it is on its way. */
  readonly started: number
  readonly finished: number
}

/** Every request the local GitHub got, in order of arrival. */
export interface RequestLog extends Iterable<LoggedRequest> {
  all(): readonly LoggedRequest[]
  of(kind: RequestKind): readonly LoggedRequest[]
  count(kind?: RequestKind): number
  /**
   * How many round trips one after the other: requests that were on their way at the same time
   * count once. Start the server with some `latencyMs` to make that certain.
   */
  rounds(kind?: RequestKind): number
  clear(): void
}

export interface OpenLog extends RequestLog {
  /** Adds a request; call what it returns with the status just before the answer is sent. */
  open(request: GitHubRequest): (status: number) => void
}

export function createLog(): OpenLog {
  let entries: LoggedRequest[] = []
  const of = (kind?: RequestKind): readonly LoggedRequest[] =>
    kind === undefined ? [...entries] : entries.filter((entry) => entry.kind === kind)
  return {
    all: () => of(),
    of,
    count: (kind) => of(kind).length,
    rounds: (kind) => countRounds(of(kind)),
    clear: () => {
      entries = []
    },
    [Symbol.iterator]: () => of()[Symbol.iterator](),
    open(request) {
      const entry = { ...request, status: 0, started: performance.now(), finished: Infinity }
      entries.push(entry)
      return (status) => {
        entry.status = status
        entry.finished = performance.now()
      }
    },
  }
}

function countRounds(entries: readonly LoggedRequest[]): number {
  let rounds = 0
  let end = -Infinity
  for (const { started, finished } of entries) {
    if (started >= end) rounds += 1
    end = started >= end ? finished : Math.max(end, finished)
  }
  return rounds
}

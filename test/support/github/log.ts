import type { GitHubRequest, RequestKind } from './request.ts'

interface LoggedRequest extends GitHubRequest {
  /** What was answered; 0 while it is on its way, and for a connection that was reset. */
  readonly status: number
  /** From 1, where the server counts rounds. */
  readonly round: number | undefined
}

/** Every request the local GitHub got, in order of arrival. */
export interface RequestLog extends Iterable<LoggedRequest> {
  all(): readonly LoggedRequest[]
  of(kind: RequestKind): readonly LoggedRequest[]
  count(kind?: RequestKind): number
  /**
   * How many round trips one after the other: requests that did not wait for each other count
   * once. The server must have been started with `rounds`.
   */
  rounds(kind?: RequestKind): number
  clear(): void
}

export interface OpenLog extends RequestLog {
  /** Adds a request; call what it returns with the status just before the answer is sent. */
  open(request: GitHubRequest, round: number | undefined): (status: number) => void
}

export function createLog(): OpenLog {
  let entries: LoggedRequest[] = []
  const of = (kind?: RequestKind): readonly LoggedRequest[] =>
    kind === undefined ? [...entries] : entries.filter((entry) => entry.kind === kind)
  return {
    all: () => of(),
    of,
    count: (kind) => of(kind).length,
    rounds: (kind) => new Set(of(kind).map(roundOf)).size,
    clear: () => {
      entries = []
    },
    [Symbol.iterator]: () => of()[Symbol.iterator](),
    open(request, round) {
      const entry = { ...request, round, status: 0 }
      entries.push(entry)
      return (status) => {
        entry.status = status
      }
    },
  }
}

function roundOf({ round }: LoggedRequest): number {
  if (round === undefined) throw new Error('start the local GitHub with `rounds: true`')
  return round
}

import type { Fault } from './fault.ts'
import type { GitHubRequest, RequestKind } from './request.ts'

interface FaultScope {
  readonly kind?: RequestKind
  readonly when?: (request: GitHubRequest) => boolean
  /** How many matching requests it strikes; 1 unless told, `Infinity` for all. */
  readonly times?: number
}

interface FaultRule {
  /** How often it has struck. */
  readonly hits: number
}

/** What shall go wrong. Of the rules that match a request, the oldest one strikes. */
export interface Faults {
  add(fault: Fault, scope?: FaultScope): FaultRule
  clear(): void
  /** How many strikes of limited rules are still due, so that a test can fail on an unused one. */
  pending(): number
}

export interface FaultQueue extends Faults {
  take(request: GitHubRequest): Fault | undefined
}

export function createFaults(): FaultQueue {
  let rules: { readonly fault: Fault; readonly scope: FaultScope; left: number; hits: number }[] =
    []
  return {
    add(fault, scope = {}) {
      const rule = { fault, scope, left: scope.times ?? 1, hits: 0 }
      rules.push(rule)
      return rule
    },
    clear() {
      rules = []
    },
    pending: () =>
      rules.filter(({ left }) => Number.isFinite(left)).reduce((sum, { left }) => sum + left, 0),
    take(request) {
      const rule = rules.find(({ scope, left }) => left > 0 && matches(scope, request))
      if (!rule) return undefined
      rule.left -= 1
      rule.hits += 1
      return rule.fault
    },
  }
}

function matches({ kind, when }: FaultScope, request: GitHubRequest): boolean {
  return (kind === undefined || kind === request.kind) && (when === undefined || when(request))
}

import type { Caller } from './estate.ts'

export interface RateLimits {
  /** REST requests an hour with the token. */
  readonly core: number
  /** REST requests an hour without. */
  readonly anonymous: number
  /** GraphQL points an hour. */
  readonly graphql: number
}

export const gitHubLimits: RateLimits = { core: 5000, anonymous: 60, graphql: 5000 }

export interface Budget {
  readonly resource: 'core' | 'graphql'
  readonly limit: number
  readonly used: number
  readonly remaining: number
  /** Seconds since 1970. */
  readonly reset: number
}

/** How much of the hour's quota is left. The hour never ends: no test takes that long. */
export interface Budgets {
  state(resource: Budget['resource'], caller: Caller): Budget
  spend(resource: Budget['resource'], caller: Caller, cost: number): Budget
}

export function createBudgets(limits: RateLimits): Budgets {
  const reset = Math.floor(Date.now() / 1000) + 3600
  const spent = { core: 0, anonymous: 0, graphql: 0 }
  const state: Budgets['state'] = (resource, caller) => {
    const account = accountOf(resource, caller)
    const limit = limits[account]
    const used = Math.min(spent[account], limit)
    return { resource, limit, used, remaining: limit - used, reset }
  }
  return {
    state,
    spend(resource, caller, cost) {
      spent[accountOf(resource, caller)] += cost
      return state(resource, caller)
    },
  }
}

function accountOf(resource: Budget['resource'], caller: Caller): keyof RateLimits {
  return resource === 'core' && caller !== 'user' ? 'anonymous' : resource
}

export function budgetHeaders(budget: Budget): Record<string, string> {
  return {
    'x-ratelimit-limit': `${budget.limit}`,
    'x-ratelimit-remaining': `${budget.remaining}`,
    'x-ratelimit-used': `${budget.used}`,
    'x-ratelimit-reset': `${budget.reset}`,
    'x-ratelimit-resource': budget.resource,
  }
}

import type { Clock } from '../../../src/github/connection/clock.ts'

/** A clock that does not wait: sleeping moves it on, and `slept` tells for how long, in milliseconds. */
export interface FakeClock extends Clock {
  readonly slept: readonly number[]
}

export const START: number = Date.UTC(2026, 0, 1)

export function fakeClock(): FakeClock {
  const slept: number[] = []
  let now = START
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds)
      now += milliseconds
    },
  }
}

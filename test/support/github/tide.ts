import { setTimeout as sleep } from 'node:timers/promises'

const BEAT_MS = 4
const QUIET_BEATS = 8

/**
 * Holds answers back until no request has come for a while, then lets all of them go at once: so
 * requests that do not wait for each other are of one round, however slow the machine is. The
 * while is counted in beats, because a thread that stalls misses time, but only one beat.
 */
export interface Tide {
  /** The number of the round that a request which comes now is of, from 1. */
  readonly round: number
  /** Resolves when the present round is let go. */
  turn(): Promise<void>
}

export function createTide(): Tide {
  let round = 1
  let arrivals = 0
  let turning: Promise<void> | undefined

  async function quiet(): Promise<void> {
    let seen = arrivals
    for (let beats = 0; beats < QUIET_BEATS; beats += 1) {
      await sleep(BEAT_MS)
      if (arrivals !== seen) beats = 0
      seen = arrivals
    }
    round += 1
    turning = undefined
  }

  return {
    get round() {
      return round
    },
    turn() {
      arrivals += 1
      turning ??= quiet()
      return turning
    },
  }
}

/** How old a release must be before pinsmith moves to it: young ones may have been made by an attacker, and soon be withdrawn. */
export interface Cooldown {
  /** In milliseconds. */
  readonly cooldown: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Three days, in milliseconds, as Dependabot has it. */
export const DEFAULT_COOLDOWN: number = 3 * 24 * 60 * 60 * 1000

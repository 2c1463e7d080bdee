const AGE = /^(\d{1,4})([hdw])$/

/** By the letter behind the number, in milliseconds. */
const HOUR = 3_600_000
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR }

/** Reads an age in hours, days or weeks, such as `12h`, `3d` or `2w`, in milliseconds; `undefined` where it is none. */
export function parseAge(text: string): number | undefined {
  const [, number = '', letter = ''] = AGE.exec(text) ?? []
  const unit = UNITS[letter]
  return unit === undefined ? undefined : Number(number) * unit
}

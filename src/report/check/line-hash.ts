/**
 * The fingerprints of a text's lines, as GitHub's code scanning makes them: it knows an alert by the hash of the hundred
 * characters from the beginning of its line, and by how many earlier lines have the same. Where an upload brings another one,
 * its action warns.
 * https://github.com/github/codeql-action/blob/main/src/fingerprints.ts
 * @returns the fingerprint of a line, counted from 1; `undefined` where there is no such line
 */
export function hashLines(text: string): (line: number) => string | undefined {
  const units = significantUnits(text)
  const starts = [0, ...units.flatMap((unit, index) => (unit === LINE_FEED ? [index + 1] : []))]
  const seen = new Map<string, number>()
  const lines = starts
    .filter((start) => start < units.length)
    .map((start) => {
      const block = units.slice(start, start + BLOCK)
      const key = String.fromCharCode(...block)
      const times = (seen.get(key) ?? 0) + 1
      seen.set(key, times)
      return { block, times }
    })
  return (line) => {
    const found = lines[line - 1]
    return found === undefined ? undefined : `${hash(found.block).toString(16)}:${found.times}`
  }
}

const BLOCK = 100
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const END = 0xffff

/** UTF-16 code units without spaces and tabs, with line ends made `\n`, and a mark at the end. */
function significantUnits(text: string): number[] {
  const units: number[] = []
  let afterReturn = false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const isSkipped = unit === 32 || unit === 9 || (afterReturn && unit === LINE_FEED)
    afterReturn = unit === CARRIAGE_RETURN
    if (!isSkipped) units.push(unit === CARRIAGE_RETURN ? LINE_FEED : unit)
  }
  return [...units, END]
}

/** A polynomial in 37 over the block, filled up with zeros, in 64 bits. */
function hash(block: readonly number[]): bigint {
  let value = 0n
  for (let index = 0; index < BLOCK; index++)
    value = BigInt.asUintN(64, value * 37n + BigInt(block[index] ?? 0))
  return value
}

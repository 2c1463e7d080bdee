/** The candidate that a word was most likely meant to be: the one that fewest typing mistakes lead to; `undefined` where none is near. */
export function mostSimilar(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase()
  const ranked = candidates
    .map((candidate) => ({ candidate, mistakes: countMistakes(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, mistakes }) => mistakes <= Math.max(1, candidate.length / 3))
    .toSorted((a, b) => a.mistakes - b.mistakes)
  return ranked[0]?.candidate
}

/** Characters added, left out, exchanged, or swapped with their neighbour (optimal string alignment). */
function countMistakes(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > to.length) return Infinity
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      next.push(
        Math.min(
          (last[column] ?? Infinity) + 1,
          (next[column - 1] ?? Infinity) + 1,
          (last[column - 1] ?? Infinity) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? Infinity) + 1 : Infinity,
        ),
      )
    }
    beforeLast = last
    last = next
  }
  return last[to.length] ?? Infinity
}

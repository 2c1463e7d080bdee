/** A half-open stretch of a text: `start` up to, not including, `end`, in UTF-16 code units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place for people and editors: line and column count from 1, the column in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

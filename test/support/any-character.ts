import { integer, type Arbitrary } from 'fast-check'

const FIRST_SURROGATE = 0xd800
const SURROGATES = 0x800

/** Any character of Unicode, as the unit of a text. fast-check's own `binary` makes a list of all million of them first. */
export const anyCharacter: Arbitrary<string> = integer({ min: 0, max: 0x10_ffff - SURROGATES }).map(
  (n) => String.fromCodePoint(n < FIRST_SURROGATE ? n : n + SURROGATES),
)

/** Every code that a finding of `pinsmith check` can have: what `levels:` and `findings:` of a configuration may name. */
export const FINDING_CODES = [
  'unpinned',
  'nested-unpinned',
  'short-sha',
  'tag-object',
  'label-missing',
  'label-mismatch',
  'label-vague',
  'label-gone',
  'unknown-commit',
  'impostor-commit',
  'moved-tag',
  'mass-moved-tags',
  'ambiguous-ref',
  'vulnerable',
  'archived',
  'renamed',
  'vendored-edited',
  'lockfile',
  'unpinned-image',
  'breaks-when-pinned',
  'not-understood',
  'undetermined',
  'owner-not-allowed',
  'ignore-expired',
] as const

/** The same codes as those of `FindingDetail`, which a test holds them against. */
export type KnownFindingCode = (typeof FINDING_CODES)[number]

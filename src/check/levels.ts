import type { Config, ConfiguredLevel } from '../config/config.ts'
import type { FindingDetail } from './finding-detail.ts'
import type { FindingCode, Level } from './finding.ts'

/** How grave each finding is taken where the configuration says nothing. */
export const defaultLevels: Record<FindingCode, Level> = {
  unpinned: 'error',
  'nested-unpinned': 'error',
  'short-sha': 'error',
  'tag-object': 'error',
  'label-mismatch': 'error',
  'unknown-commit': 'error',
  'impostor-commit': 'error',
  'moved-tag': 'error',
  'mass-moved-tags': 'error',
  'ambiguous-ref': 'error',
  vulnerable: 'error',
  'vendored-edited': 'error',
  lockfile: 'error',
  'not-understood': 'error',
  'owner-not-allowed': 'error',
  'label-missing': 'warning',
  'label-gone': 'warning',
  undetermined: 'warning',
  'ignore-expired': 'warning',
  'label-vague': 'note',
  archived: 'note',
  renamed: 'note',
  'unpinned-image': 'note',
  'breaks-when-pinned': 'note',
}

/** How grave a finding is taken: what the configuration says of its code, else what is usual. */
export function levelOf(detail: FindingDetail, config: Config): ConfiguredLevel {
  const configured = config.levels.get(detail.code)
  if (configured !== undefined) return configured
  if (detail.code === 'unpinned-image' && config.images !== undefined)
    return config.images === 'deny' ? 'error' : 'off'
  // A tag that was cut anew further on in the same history: it happens, and the pin is what it was.
  if (detail.code === 'label-mismatch' && detail.movedOn) return 'note'
  return defaultLevels[detail.code]
}

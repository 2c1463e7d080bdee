import { usageFault, type UsageFault } from '../github/usage.ts'

/** Wrong usage of `--exit-code`. */
export const onlyWithDryRun: UsageFault = usageFault(
  '--exit-code goes with --dry-run: without it, what is due is written. Add --dry-run (-n).',
)

import * as v from 'valibot'
import { isCalendarDay } from '../domain/day.ts'
import { FINDING_CODES } from '../domain/finding-code.ts'
import type { Config, ConfiguredLevel } from './config.ts'

/** What stands under `levels`. */
export const LEVELS_EXPECTED = 'a map of codes of findings to error, warning, note or off'

// Where a value is not as it should be, its message says in words what it should have been. The descriptions
// are for editors, which show them.

const glob = (what: string, example: string, form: { pattern: RegExp; expected: string }) =>
  v.pipe(
    v.string(`${what}, such as ${example}`),
    v.regex(form.pattern, `${what}, such as ${example}, ${form.expected}`),
    v.maxLength(MOST_OF_GLOB, `${what} of no more than ${MOST_OF_GLOB} characters`),
  )

/** How long a glob may be, in UTF-16 code units: there is an end to what can be matched. */
export const MOST_OF_GLOB = 1000

const PLAIN_GLOB = {
  pattern: /^[^\s!][^\s]*$/,
  expected: 'without blanks and without a ! in front',
}

/** The `@` of an alternative, `@(a|b)`, may be the first. */
const GLOB_WITH_REF = {
  pattern: /^(?:[^\s!@]|@\()(?:\S*[^\s@])?$/,
  expected: 'without blanks and without a ! in front, and with something before and behind an @',
}

const code = v.picklist(FINDING_CODES)

const level = v.picklist(['error', 'warning', 'note', 'off'])

const levels = v.strictObject(
  Object.fromEntries(FINDING_CODES.map((each) => [each, v.optional(level)])),
  LEVELS_EXPECTED,
)

const verdict = v.picklist(['allow', 'deny'])

const COOLDOWN = 'a length of time, such as 12h, 3d or 2w'

const ignore = v.strictObject(
  {
    action: v.pipe(
      glob('a glob of actions', "'my-org/**'", GLOB_WITH_REF),
      v.description(
        'A glob of owner/repo or owner/repo/path. One that names a repository means everything in it. With @ and a glob of refs behind it, those refs alone: my-org/**@main.',
      ),
    ),
    reason: v.pipe(
      v.string('a text that says why'),
      v.regex(/\S/, 'a text that says why'),
      v.description('Why: it is shown wherever the action is left alone.'),
    ),
    expires: v.optional(
      v.pipe(
        v.string('a day, such as 2027-01-31'),
        v.isoDate('a day, such as 2027-01-31'),
        v.check(isCalendarDay, 'a day that the calendar has'),
        v.description('The first day on which the entry counts no more, by UTC.'),
      ),
    ),
    findings: v.optional(
      v.pipe(
        v.array(code, 'a list of codes of findings, such as [unpinned]'),
        v.minLength(1, 'a list with at least one code; without the key, all are meant'),
        v.description(
          'Codes of the findings that are not reported for it. Without this key it is left alone altogether: not pinned, and no finding is reported.',
        ),
      ),
    ),
  },
  'a map with `action` and `reason`',
)

const config = v.strictObject(
  {
    version: v.optional(
      v.pipe(
        v.literal(1, 'the number 1'),
        v.description('The version of this format. There is but one.'),
      ),
    ),
    levels: v.optional(
      v.pipe(
        levels,
        v.description(
          'How strict each finding of `pinsmith check` is taken, by its code. Errors and warnings fail a check.',
        ),
      ),
    ),
    ignore: v.optional(
      v.pipe(
        v.array(ignore, 'a list of maps with `action` and `reason`'),
        v.description('Actions that are left as they are.'),
      ),
    ),
    owners: v.optional(
      v.pipe(
        v.array(
          glob('a glob of owners', 'my-*', PLAIN_GLOB),
          'a list of globs of owners, such as [actions, my-*]',
        ),
        v.minLength(1, 'a list with at least one owner; without the key, any owner is allowed'),
        v.description('Whose actions may be used, as globs of owners.'),
      ),
    ),
    branches: v.optional(
      v.pipe(
        verdict,
        v.description('Whether a branch may be pinned to its tip. `deny` leaves and reports it.'),
      ),
    ),
    images: v.optional(
      v.pipe(
        verdict,
        v.description(
          'Whether images may be used without a digest: `allow` reports none, `deny` reports them as errors.',
        ),
      ),
    ),
    cooldown: v.optional(
      v.pipe(
        v.string(COOLDOWN),
        v.regex(/^\d{1,4}[hdw]$/, COOLDOWN),
        v.description(
          'How old a version must be before pinsmith moves to it: hours, days or weeks, such as 12h, 3d or 2w.',
        ),
      ),
    ),
    comments: v.optional(
      v.pipe(
        v.picklist(['after', 'above']),
        v.description(
          'Where your own comment on a line goes: behind the label, or on a line of its own above.',
        ),
      ),
    ),
  },
  'a map of settings',
)

/** What a configuration holds, as it is written. */
export interface ConfigInput {
  readonly levels?: Readonly<Record<string, ConfiguredLevel | undefined>> | undefined
  readonly ignore?: readonly IgnoreInput[] | undefined
  readonly owners?: readonly string[] | undefined
  readonly branches?: Config['branches']
  readonly images?: Config['images']
  readonly cooldown?: string | undefined
  readonly comments?: Config['comments']
}

interface IgnoreInput {
  readonly action: string
  readonly reason: string
  readonly expires?: string | undefined
  readonly findings?: readonly string[] | undefined
}

/** `.github/pinsmith.yml`. */
export const configSchema: v.GenericSchema<unknown, ConfigInput> = config

/** The keys that it may have, and those of an entry of `ignore`. */
export const CONFIG_KEYS: readonly string[] = Object.keys(config.entries)
export const IGNORE_KEYS: readonly string[] = Object.keys(ignore.entries)

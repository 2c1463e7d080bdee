import type { Config, ConfiguredIgnore } from './config.ts'

/**
 * The entry by which a configuration leaves an action alone.
 * @param action `owner/repo[/path][@ref]` as written
 * @param code of a finding; `undefined` asks whether the action is left alone altogether, so that it is not pinned either
 * @param today `YYYY-MM-DD`: an entry that has expired by then does not count
 */
export function ignoreFor(
  config: Config,
  action: string,
  code: string | undefined,
  today: string,
): ConfiguredIgnore | undefined {
  return config.ignore.find(
    (ignore) =>
      !isExpired(ignore, today) &&
      (ignore.codes === undefined || (code !== undefined && ignore.codes.includes(code))) &&
      ignore.covers(action),
  )
}

/** Whether an entry counts no more on this day, `YYYY-MM-DD`. */
export function isExpired({ expires }: ConfiguredIgnore, today: string): boolean {
  return expires !== undefined && expires <= today
}

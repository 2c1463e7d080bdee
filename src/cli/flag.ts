import { InvalidArgumentError, Option } from 'commander'

/** An option that takes one of a few values. */
export function choice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values)
}

/** An option's value as an age, such as a configuration holds; a number alone is of days. */
export function age(text: string): string {
  if (!/^\d{1,4}[hdw]?$/.test(text))
    throw new InvalidArgumentError('Give hours, days or weeks, such as 12h, 3d or 2w.')
  return /\d$/.test(text) ? `${text}d` : text
}

/** An option's value as a whole number of seconds. */
export function seconds(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number of seconds.')
  return Number(text)
}

import { InvalidArgumentError, Option } from 'commander'

/** What `--format` and `--report` of a check take. */
export const CHECK_FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const

export type CheckFormat = (typeof CHECK_FORMATS)[number]

/** A report that was asked for, and where it goes. */
export interface ReportTarget {
  readonly format: CheckFormat
  /** A file, below the current folder or absolute; `-` for standard output. */
  readonly file: string
}

/** `--report`, which may be repeated: its value is a list of targets. */
export function reportOption(): Option {
  return new Option(
    '--report <format=file>',
    'write the report to a file, too; - is standard output; may be repeated',
  ).argParser(collect)
}

function collect(value: string, earlier: readonly ReportTarget[] | undefined): ReportTarget[] {
  const at = value.indexOf('=')
  const name = at === -1 ? value : value.slice(0, at)
  const format = CHECK_FORMATS.find((known) => known === name)
  if (format === undefined)
    throw new InvalidArgumentError(`Allowed formats are ${CHECK_FORMATS.join(', ')}.`)
  const file = at === -1 ? '' : value.slice(at + 1)
  if (file === '')
    throw new InvalidArgumentError(`Give a file, as ${format}=file, or - as ${format}=-.`)
  return [...(earlier ?? []), { format, file }]
}

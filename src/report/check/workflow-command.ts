import { printable } from '../printable.ts'

/** An annotation of GitHub Actions: a line on standard output that the runner takes for a command. */
export interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice'
  readonly title: string
  /** Where it is shown; `undefined` for the run as a whole. */
  readonly place: AnnotationPlace | undefined
  /** Its lines. */
  readonly message: readonly string[]
}

/** A place in a file. Lines and columns count from 1; `endColumn` is the one after the last. */
export interface AnnotationPlace {
  /** Below the repository's root, with `/`. */
  readonly file: string
  readonly line: number
  readonly endLine: number
  readonly column: number
  readonly endColumn: number
}

/**
 * Writes a workflow command, without its line end. Outside text in it can neither end the command nor begin another: the runner
 * takes a line feed, and in properties a colon and a comma, only as `%0A`, `%3A` and `%2C`, and `%` itself as `%25`.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function workflowCommand({ kind, title, place, message }: Annotation): string {
  const properties = [...placeProperties(place), `title=${escapeProperty(printable(title))}`]
  const data = message.map((line) => escapeData(printable(line))).join('%0A')
  return `::${kind} ${properties.join(',')}::${data}`
}

function placeProperties(place: AnnotationPlace | undefined): string[] {
  if (place === undefined) return []
  const { file, line, endLine, column, endColumn } = place
  // The path as it is: another one would be no file's. The runner knows columns on one line alone.
  return [
    `file=${escapeProperty(file)}`,
    `line=${line}`,
    ...(endLine === line ? [`col=${column}`, `endColumn=${endColumn}`] : [`endLine=${endLine}`]),
  ]
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

import type { ConfigFailure, ConfigFault } from '../../config/fault.ts'
import { configFailureWords, configFaultWords, importFailureWords } from './words.ts'
import type { Palette } from '../palette.ts'
import { printable } from '../printable.ts'
import { formatFailure } from '../problem-text.ts'
import type { Words } from '../words.ts'

/** Everything that is wrong with a configuration, each with its place, and then that nothing was done. */
export function formatConfigFailure(failure: ConfigFailure, palette: Palette): string {
  return formatFaults(failure.faults, configFailureWords(failure), palette)
}

/** The same of a configuration of another tool that was to be carried over. */
export function formatImportFailure(faults: ConfigFailure['faults'], palette: Palette): string {
  return formatFaults(faults, importFailureWords(faults), palette)
}

function formatFaults(faults: readonly ConfigFault[], last: Words, palette: Palette): string {
  const parts = faults.map((fault) => `${formatFault(fault, palette)}\n`)
  return [...parts, formatFailure(last, palette)].join('\n')
}

function formatFault(fault: ConfigFault, { bold, dim, red }: Palette): string {
  const { what, next } = configFaultWords(fault)
  return [
    `${red('✗')} ${bold(printable(placeOf(fault)))}`,
    `    ${printable(what)}`,
    `    ${dim('next')}  ${printable(next)}`,
  ].join('\n')
}

function placeOf({ file, position }: ConfigFault): string {
  return position === undefined ? file : `${file}:${position.line}:${position.column}`
}

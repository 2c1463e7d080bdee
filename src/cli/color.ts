import picocolors from 'picocolors'
import type { Palette } from '../report/palette.ts'
import type { Io, Output } from './io.ts'

export type ColorChoice = 'auto' | 'always' | 'never'

/**
 * The colours for an output: with `auto`, none where it is no terminal or `NO_COLOR` is set
 * (https://no-color.org), and some where `FORCE_COLOR` says so.
 */
export function paletteFor(output: Output, choice: ColorChoice, env: Io['env']): Palette {
  return picocolors.createColors(usesColor(output, choice, env))
}

function usesColor(output: Output, choice: ColorChoice, env: Io['env']): boolean {
  if (choice !== 'auto') return choice === 'always'
  if (isSet(env['NO_COLOR'])) return false
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0'
  return output.isTTY === true && env['TERM'] !== 'dumb'
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}

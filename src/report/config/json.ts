import type { ConfigFailure } from '../../config/fault.ts'
import { configFailureWords, configFaultWords } from './words.ts'

/** A configuration that cannot be used, as JSON with a final line end. Lines and columns count from 1. */
export function formatConfigFailureJson(failure: ConfigFailure): string {
  const { what, why, next } = configFailureWords(failure)
  const faults = failure.faults.map((fault) => {
    const words = configFaultWords(fault)
    const { code, file, position } = fault
    return { code, file, ...position, message: words.what, help: words.next }
  })
  const error = { code: 'config', message: what, why, help: next, faults }
  return `${JSON.stringify({ version: 1, error }, undefined, 2)}\n`
}

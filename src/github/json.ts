import type { TransportResponse } from './transport/response.ts'

/** A key of a value that came as JSON; `undefined` where it is missing, which is not the same as null. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}

/** Reads JSON; `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a success that says it is JSON is none: then it was cut. */
export function isBrokenJson({ status, headers, text }: TransportResponse): boolean {
  const isJson = (headers.get('content-type') ?? '').startsWith('application/json')
  return status === 200 && isJson && parseJson(text()) === undefined
}

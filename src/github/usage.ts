/** A wrong option or environment variable: what is wrong and what to do, in one or two sentences. Exit code 2. */
export interface UsageFault {
  readonly kind: 'usage'
  readonly message: string
}

export function usageFault(message: string): UsageFault {
  return { kind: 'usage', message }
}

/** Environment variables, as `process.env` has them. Handed in, never read from the process. */
export type Env = Readonly<Record<string, string | undefined>>

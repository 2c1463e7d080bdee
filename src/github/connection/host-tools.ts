import type { FactStore } from '../cache/fact-store.ts'
import type { AskGraphql } from '../graphql/client.ts'
import type { Host } from './hosts.ts'
import type { Token } from '../token/token.ts'
import type { Send } from '../transport/transport.ts'

/** What it takes to ask one host. */
export interface HostTools {
  readonly host: Host
  readonly send: Send
  readonly token: Token | undefined
  /** GraphQL, where it is to be used. */
  readonly ask: AskGraphql | undefined
  /** `pinsmith/1.2.3` */
  readonly userAgent: string
  /** What is known from earlier. */
  readonly facts: FactStore
}

import type { AddressInfo } from 'node:net'

/** The port that a server listens on. */
export function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

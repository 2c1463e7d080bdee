import { createHash } from 'node:crypto'

/** An answer before it is sent. Header names are in lower case. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

export function json(status: number, value: unknown, headers: Reply['headers'] = {}): Reply {
  const body = JSON.stringify(value)
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body,
  }
}

export function text(status: number, body: string, headers: Reply['headers'] = {}): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body }
}

export function redirect(location: string, body: unknown = ''): Reply {
  return json(301, body, { location })
}

/** REST's body for an error. */
export function problem(status: number, message: string, headers: Reply['headers'] = {}): Reply {
  const documentation = 'https://docs.github.com/rest'
  return json(status, { message, documentation_url: documentation, status: `${status}` }, headers)
}

export const samlMessage =
  'Resource protected by organization SAML enforcement. ' +
  'You must grant your OAuth token access to this organization.'

/** Adds an ETag (unless the reply has one) and answers 304 where the caller already has it. */
export function conditional(reply: Reply, ifNoneMatch: string | undefined): Reply {
  if (reply.status !== 200) return reply
  const digest = createHash('sha256').update(reply.body).digest('hex')
  const etag = reply.headers['etag'] ?? `W/"${digest}"`
  const headers = { ...reply.headers, etag }
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!known.includes(etag.replace(/^W\//, ''))) return { ...reply, headers }
  return { status: 304, headers, body: '' }
}

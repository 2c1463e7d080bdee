/** What went wrong below HTTP. */
export interface NetworkFault {
  /** For people: what happened, and where it is known what to do about it. */
  readonly detail: string
  /** Whether another attempt may fare better. */
  readonly passing: boolean
  readonly timeout: boolean
}

/**
 * Reads what a `fetch` threw. Its own message is "fetch failed"; what happened stands in the chain of causes, whose
 * `code`s are those of the system, of Node's TLS and of undici.
 */
export function networkFault(error: unknown): NetworkFault {
  const chain = causesOf(error)
  const codes = chain.map(codeOf)
  const timeout = codes.some((code) => TIMEOUTS.has(code))
  const known = codes.map(wordsFor).find((words) => words !== undefined)
  const certificate = codes.some((each) => CERTIFICATE.test(each))
  const code = codes.find((each) => /^[A-Z0-9_]+$/.test(each))
  const last = chain.at(-1)
  const said = last instanceof Error ? last.message : 'no reason was given'
  const detail = `${known ?? said}${code === undefined ? '' : ` (${code})`}`
  return { detail, passing: !certificate, timeout }
}

const TIMEOUTS: ReadonlySet<string> = new Set([
  'TimeoutError',
  'ETIMEDOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

const UNTRUSTED =
  'the certificate is not trusted; if a proxy or an Enterprise Server has a certificate authority of its own, ' +
  'name its file in NODE_EXTRA_CA_CERTS'

const WORDS: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', 'the certificate has expired; check the clock of this machine'],
  ['CERT_NOT_YET_VALID', 'the certificate is not valid yet; check the clock of this machine'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'the certificate is for another name; check the URL of the host',
  ],
  ['ECONNREFUSED', 'nothing answers there; if you are behind a proxy, set HTTPS_PROXY'],
  [
    'ENOTFOUND',
    'the name is not known; check the network, or set HTTPS_PROXY if you are behind a proxy',
  ],
  ['EAI_AGAIN', 'the name server does not answer; check the network'],
  ['ENETUNREACH', 'the network cannot be reached'],
  ['EHOSTUNREACH', 'the host cannot be reached'],
  ['ECONNRESET', 'the connection was cut'],
  ['EPIPE', 'the connection was cut'],
  ['UND_ERR_SOCKET', 'the connection was cut'],
  ['ETIMEDOUT', 'no answer came in time'],
  ['TimeoutError', 'no answer came in time'],
  [
    'UND_ERR_CONNECT_TIMEOUT',
    'no connection came about in time; if you are behind a proxy, set HTTPS_PROXY',
  ],
  ['UND_ERR_HEADERS_TIMEOUT', 'no answer came in time'],
  ['UND_ERR_BODY_TIMEOUT', 'the answer stopped half-way'],
  [
    'UND_ERR_ABORTED',
    'the proxy refused the connection; check HTTPS_PROXY and its user name and password',
  ],
])

// The codes of OpenSSL's verification as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_/

function wordsFor(code: string): string | undefined {
  return WORDS.get(code) ?? (CERTIFICATE.test(code) ? UNTRUSTED : undefined)
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** The error and its causes, outermost first; of several attempts at connecting (IPv4, IPv6) the first counts. */
function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = []
  let next = error
  while (next !== undefined && next !== null && !chain.includes(next)) {
    chain.push(next)
    const several: unknown = next instanceof AggregateError ? next.errors[0] : undefined
    next = several ?? (next instanceof Error ? next.cause : undefined)
  }
  return chain
}

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FLUSH, packetLine } from '../../../src/github/git/pkt-line.ts'
import { portOf } from './port-of.ts'

const run = promisify(execFile)

export interface TlsServer {
  /** `https://localhost:PORT` */
  readonly url: string
  /** The file of the certificate that vouches for it. */
  readonly certificate: string
  close(): Promise<void>
}

/** A certificate for `localhost` that nobody else vouches for; `undefined` where there is no `openssl`. */
export async function makeCertificate(
  folder: string,
): Promise<{ readonly key: string; readonly certificate: string } | undefined> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const files = ['-keyout', key, '-out', certificate]
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files]
  try {
    await run('openssl', args)
    return { key, certificate }
  } catch {
    return undefined
  }
}

/** A git server over TLS, whose every repository has the tag `v1` on one commit. */
export async function startTls(
  files: { readonly key: string; readonly certificate: string },
  commit: string,
): Promise<TlsServer> {
  const [key, cert] = await Promise.all([readFile(files.key), readFile(files.certificate)])
  const server = createServer({ key, cert }, (request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/x-git-upload-pack-result')
    response.end(`${packetLine(`${commit} refs/tags/v1`)}${FLUSH}`)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return {
    url: `https://localhost:${portOf(server.address())}`,
    certificate: files.certificate,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

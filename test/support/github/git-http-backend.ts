import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { basename, dirname } from 'node:path'
import { hermeticGitEnv } from './git-env.ts'

export interface RealGit {
  /** `http://127.0.0.1:PORT/NAME.git` */
  readonly url: string
  close(): Promise<void>
}

/** Serves a bare repository with the real `git http-backend`, a CGI program. */
export async function serveRealGit(repoFolder: string): Promise<RealGit> {
  const server = createServer((request, response) => runBackend(repoFolder, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return {
    url: `http://127.0.0.1:${address.port}/${basename(repoFolder)}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

function runBackend(repoFolder: string, request: IncomingMessage, response: ServerResponse): void {
  const backend = spawn('git', ['http-backend'], { env: cgiEnv(repoFolder, request) })
  const output: Buffer[] = []
  request.pipe(backend.stdin)
  backend.stdin.on('error', () => {})
  backend.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  backend.on('error', (error) => response.destroy(error))
  backend.on('close', () => sendCgi(Buffer.concat(output), response))
}

function cgiEnv(repoFolder: string, request: IncomingMessage): NodeJS.ProcessEnv {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const header = (name: string) => [request.headers[name]].flat().join(', ')
  return {
    ...hermeticGitEnv(),
    GIT_PROJECT_ROOT: dirname(repoFolder),
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: header('git-protocol'),
    PATH_INFO: pathname,
    QUERY_STRING: searchParams.toString(),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: header('content-length'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
  }
}

/** A CGI answer: header lines, an empty line, the body. `Status` is the status, else it is 200. */
function sendCgi(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n')
  const lines = output.toString('latin1', 0, Math.max(end, 0)).split('\r\n')
  const headers = lines
    .map((line) => line.split(': '))
    .map(([name = '', value = '']) => [name, value])
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? (end < 0 ? '500' : '200')
  for (const [name = '', value = ''] of headers) {
    if (name !== '' && name !== 'Status') response.setHeader(name, value)
  }
  response.writeHead(parseInt(status, 10))
  response.end(output.subarray(end + 4))
}

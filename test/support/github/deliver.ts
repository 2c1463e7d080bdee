import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from './fault.ts'
import type { Reply } from './reply.ts'

/** Makes the answer and sends it, or does what the fault says. `done` hears the status first. */
export async function deliver(
  response: ServerResponse,
  fault: Fault | undefined,
  makeReply: () => Promise<Reply>,
  done: (status: number) => void,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return send(response, await makeReply(), done)
    case 'answer':
      return send(response, fault.reply, done)
    case 'delay':
      await sleep(fault.ms)
      return send(response, await makeReply(), done)
    case 'reset':
      done(0)
      response.req.socket.resetAndDestroy()
      return
    case 'cut':
      return sendCut(response, await makeReply(), done)
    case 'truncate': {
      const reply = await makeReply()
      return send(response, { ...reply, body: firstHalf(reply.body) }, done)
    }
  }
}

function send(response: ServerResponse, reply: Reply, done: (status: number) => void): void {
  done(reply.status)
  response.writeHead(reply.status, headersOf(reply))
  response.end(reply.status === 304 ? undefined : reply.body)
}

function sendCut(response: ServerResponse, reply: Reply, done: (status: number) => void): void {
  done(reply.status)
  response.writeHead(reply.status, headersOf(reply))
  response.write(firstHalf(reply.body), () => response.destroy())
}

function headersOf({ status, headers, body }: Reply): Record<string, string | number> {
  return status === 304 ? headers : { ...headers, 'content-length': Buffer.byteLength(body) }
}

function firstHalf(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body)
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

import type { Io } from './io.ts'

/** What a run takes from this process. A reader that goes away, such as `head`, is no error. */
export function processIo(): Io {
  const { env, stdin, stdout, stderr } = process
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  return { env, cwd: process.cwd(), stdin, stdout, stderr }
}

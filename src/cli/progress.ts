import { WriteStream } from 'node:tty'
import type { Output } from './io.ts'

/** A sign of life on a terminal, for what takes long. */
export interface Progress {
  readonly start: (text: string) => void
  readonly stop: () => void
}

const PATIENCE = 400

/** Shows a spinner on a terminal once something has taken a while; elsewhere nothing. */
export function makeProgress(stderr: Output, quiet: boolean): Progress {
  if (quiet || !(stderr instanceof WriteStream) || !stderr.isTTY)
    return { start: () => {}, stop: () => {} }
  let timer: NodeJS.Timeout | undefined
  let stopSpinner: (() => void) | undefined

  async function spin(text: string, stream: WriteStream): Promise<void> {
    const { default: spinner } = await import('yocto-spinner')
    if (timer === undefined) return
    const shown = spinner({ text, stream }).start()
    stopSpinner = () => shown.stop()
  }

  return {
    start: (text) => {
      timer = setTimeout(() => void spin(text, stderr), PATIENCE)
    },
    stop: () => {
      clearTimeout(timer)
      timer = undefined
      stopSpinner?.()
    },
  }
}

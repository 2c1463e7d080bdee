import { platform } from 'node:process'
import { systemDetail } from '../apply/system-error.ts'
import { clearCache, measureCache } from '../github/cache/clear.ts'
import { cachePath } from '../github/cache/folder.ts'
import { usageFault } from '../github/usage.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { printFailure } from './print-failure.ts'

/** Runs `pinsmith cache path` and `pinsmith cache clear`. */
export async function runCache(action: 'path' | 'clear', io: Io): Promise<ExitCode> {
  const folder = cachePath(io.env, platform)
  if (folder === undefined)
    return fail('no cache is kept: the environment names no home. Set PINSMITH_CACHE.', io)
  try {
    const { files, bytes } =
      action === 'path' ? await measureCache(folder) : await clearCache(folder)
    const size = `${files} ${files === 1 ? 'entry' : 'entries'}, ${(bytes / 1024).toFixed(0)} KiB`
    if (action === 'path') io.stdout.write(`${folder}\n`)
    io.stderr.write(action === 'path' ? `${size}\n` : `removed ${size}\n`)
    return exitCode.done
  } catch (error) {
    return fail(`the cache in ${folder} could not be read or removed: ${systemDetail(error)}`, io)
  }
}

function fail(message: string, io: Io): ExitCode {
  return printFailure(usageFault(message), { format: 'text', color: 'auto' }, io)
}

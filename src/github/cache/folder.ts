import { posix, win32 } from 'node:path'
import type { Env } from '../usage.ts'

/** As much of `process.platform` as matters. */
export type Platform = 'win32' | 'darwin' | (string & {})

/**
 * The folder that pinsmith keeps its cache in: the one that `PINSMITH_CACHE` names, else `pinsmith` in the platform's own;
 * `undefined` where the environment names no home. Nothing is read from the process or the disk.
 * https://specifications.freedesktop.org/basedir-spec/latest/ (a relative `XDG_CACHE_HOME` does not count)
 */
export function cachePath(env: Env, platform: Platform): string | undefined {
  const own = valueOf(env, 'PINSMITH_CACHE')
  if (own !== undefined) return own
  const path = platform === 'win32' ? win32 : posix
  const below = (variable: string, ...rest: readonly string[]): string | undefined => {
    const folder = valueOf(env, variable)
    return folder !== undefined && path.isAbsolute(folder)
      ? path.join(folder, ...rest, 'pinsmith')
      : undefined
  }
  switch (platform) {
    case 'win32':
      return below('LOCALAPPDATA') ?? below('USERPROFILE', 'AppData', 'Local')
    case 'darwin':
      return below('HOME', 'Library', 'Caches')
    default:
      return below('XDG_CACHE_HOME') ?? below('HOME', '.cache')
  }
}

function valueOf(env: Env, name: string): string | undefined {
  const value = env[name]
  return value === undefined || value.trim() === '' ? undefined : value
}

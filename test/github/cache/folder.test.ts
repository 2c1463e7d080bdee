import { expect, test } from 'vitest'
import { cachePath } from '../../../src/github/cache/folder.ts'

test.each([
  ['linux', { HOME: '/home/u' }, '/home/u/.cache/pinsmith'],
  ['linux', { HOME: '/home/u', XDG_CACHE_HOME: '/cache' }, '/cache/pinsmith'],
  ['linux', { HOME: '/home/u', XDG_CACHE_HOME: 'relative' }, '/home/u/.cache/pinsmith'],
  ['linux', { HOME: '/home/u', XDG_CACHE_HOME: '' }, '/home/u/.cache/pinsmith'],
  ['freebsd', { HOME: '/home/u' }, '/home/u/.cache/pinsmith'],
  ['darwin', { HOME: '/Users/u' }, '/Users/u/Library/Caches/pinsmith'],
  ['darwin', { HOME: '/Users/u', XDG_CACHE_HOME: '/x' }, '/Users/u/Library/Caches/pinsmith'],
  [
    'win32',
    { LOCALAPPDATA: 'C:\\Users\\u\\AppData\\Local' },
    'C:\\Users\\u\\AppData\\Local\\pinsmith',
  ],
  ['win32', { USERPROFILE: 'C:\\Users\\u' }, 'C:\\Users\\u\\AppData\\Local\\pinsmith'],
  ['win32', { LOCALAPPDATA: 'Local', HOME: '/home/u' }, undefined],
  ['linux', {}, undefined],
  ['linux', { HOME: '' }, undefined],
  ['darwin', { XDG_CACHE_HOME: '/x' }, undefined],
  ['linux', { PINSMITH_CACHE: '/own', HOME: '/home/u' }, '/own'],
  ['win32', { PINSMITH_CACHE: 'D:\\own' }, 'D:\\own'],
  ['linux', { PINSMITH_CACHE: ' ', HOME: '/home/u' }, '/home/u/.cache/pinsmith'],
])('%s %j: %s', (platform, env, path) => {
  expect(cachePath(env, platform)).toBe(path)
})

import { expect, test } from 'vitest'
import {
  copyPath,
  copyReference,
  foldersFor,
  isInCopy,
  isSafePath,
  plainFolder,
} from '../../../src/remedy/vendor/place.ts'
import { commit } from '../../support/known-refs.ts'

const NAME = { owner: 'Acme', repo: 'kit.js' }

test('a copy lies where its repository is named, in its own layout', () => {
  const copy = { folder: plainFolder(NAME) }
  expect(copyPath(copy, '')).toBe('.github/actions/Acme/kit.js')
  expect(copyPath(copy, 'sub/action.yml')).toBe('.github/actions/Acme/kit.js/sub/action.yml')
  expect(copyReference(copy, 'sub', 'self')).toBe('$/.github/actions/Acme/kit.js/sub')
  expect(copyReference(copy, '', 'workspace')).toBe('./.github/actions/Acme/kit.js')
})

test('a copy at another commit lies beside it, and neither is in the other', () => {
  const [plain = '', short = '', full = ''] = foldersFor(NAME, commit(9))
  expect(plain).toBe(plainFolder(NAME))
  expect(short).toBe(`${plain}-${commit(9).slice(0, 12)}`)
  expect(full).toBe(`${plain}-${commit(9)}`)
  expect(isInCopy(`${short}/action.yml`, { folder: plain })).toBe(false)
  expect(isInCopy(short, { folder: short })).toBe(true)
})

test.each(['a', '.github/x', 'a b/c.d', 'é/ü', '.gitignore', 'git', 'console.log', 'a/.git-keep'])(
  '%s may be written',
  (path) => expect(isSafePath(path)).toBe(true),
)

test.each([
  '',
  '/a',
  'a//b',
  'a/',
  '.',
  '../a',
  'a/..',
  'a\\b',
  'a:b',
  'a\nb',
  'a\0b',
  'a.',
  'a ',
  'CON',
  'a/nul.txt',
  'lpt1',
  '.git',
  '.GIT/hooks/x',
  'a/.git/config',
  'git~1',
  '.g\u200cit',
])('%j may not', (path) => expect(isSafePath(path)).toBe(false))

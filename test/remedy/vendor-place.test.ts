import { expect, test } from 'vitest'
import { copyPath, copyReference, isSafePath } from '../../src/remedy/vendor-place.ts'

const NAME = { owner: 'Acme', repo: 'kit.js' }

test('a copy lies where its repository is named, in its own layout', () => {
  expect(copyPath(NAME, '')).toBe('.github/actions/Acme/kit.js')
  expect(copyPath(NAME, 'sub/action.yml')).toBe('.github/actions/Acme/kit.js/sub/action.yml')
  expect(copyReference(NAME, 'sub', 'self')).toBe('$/.github/actions/Acme/kit.js/sub')
  expect(copyReference(NAME, '', 'workspace')).toBe('./.github/actions/Acme/kit.js')
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

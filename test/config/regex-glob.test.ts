import { expect, test } from 'vitest'
import { matchActions } from '../../src/config/glob.ts'
import { globOfRegex } from '../../src/config/regex-glob.ts'

test.each([
  ['actions/checkout', 'actions/checkout'],
  ['^actions/checkout$', 'actions/checkout'],
  ['actions/.*', 'actions/**'],
  ['actions/.+', 'actions/**'],
  ['.*', '**'],
  ['.*/checkout', '**/checkout'],
  ['acme/tool.*', 'acme/tool*'],
  ['acme/tool.+', 'acme/tool?*'],
  ['acme/.*-action', 'acme/*-action'],
  ['acme/[^/]+/sub', 'acme/*/sub'],
  [String.raw`acme/tool\.js`, 'acme/tool.js'],
  ['acme/tool/.github/workflows/a_b.yml', 'acme/tool/.github/workflows/a_b.yml'],
  [String.raw`v\d+\.\d+\.\d+`, 'v+([0-9]).+([0-9]).+([0-9])'],
  ['v[0-9]+', 'v+([0-9])'],
  ['main|master', '{main,master}'],
  ['(main|master)', '{main,master}'],
  ['acme/(?:tool|kit)/x', 'acme/{tool,kit}/x'],
  ['release/.*', 'release/**'],
])('%s is %s', (regex, glob) => {
  expect(globOfRegex(regex)).toBe(glob)
})

test.each([
  [''],
  ['^$'],
  ['[a-z]+/tool'],
  ['acme/tools?'],
  ['acme/too*l'],
  ['a.b+'],
  ['a{2}/b'],
  ['(?i)acme/tool'],
  ['acme/(tool|.*)'],
  ['acme/(tool)?'],
  ['acme/tool|acme/.*'],
  [String.raw`acme/\w+`],
  [String.raw`acme/\d`],
  ['acme/tool '],
  ['acme/tool$x'],
  ['!acme/tool'],
])('no glob says %j', (regex) => {
  expect(globOfRegex(regex)).toBeUndefined()
})

test('what a glob matches, its regular expression matches', () => {
  const names = ['', 'x', '-action', '.js'].flatMap((end) =>
    ['acme/tool', 'acme/kit/sub', 'acme/tool/deep/x', 'beta/checkout', 'acme/v12'].map(
      (name) => `${name}${end}`,
    ),
  )
  const regexes = [
    'acme/.*',
    '.*/checkout',
    'acme/tool.*',
    'acme/.*-action',
    'acme/[^/]+/.*',
    'acme/(?:tool|kit).+',
    String.raw`acme/v\d+`,
    '.*',
  ]
  for (const regex of regexes) {
    const matches = matchActions([globOfRegex(regex) ?? ''])
    // A glob is about what lies below a name, too.
    const whole = new RegExp(`^(?:${regex})(?:/.*)?$`)
    expect(names.filter((name) => matches(name) && !whole.test(name))).toEqual([])
    expect(names.some((name) => matches(name))).toBe(true)
  }
})

import { describe, expect, test } from 'vitest'
import { ignoreFor, isExpired } from '../../src/config/ignore.ts'
import { parseConfig } from '../../src/config/parse.ts'

function ignoring(...entries: readonly string[]) {
  const list = entries.map((entry) => `  - { reason: because, ${entry} }\n`).join('')
  const config = parseConfig('pinsmith.yml', `ignore:\n${list}`)
  if ('kind' in config) throw new Error(JSON.stringify(config.faults))
  return config
}

describe('which actions an entry is about', () => {
  test.each([
    ['my-org/**', 'my-org/tool', true],
    ['my-org/**', 'My-Org/tool/sub/path@v1', true],
    ['my-org', 'my-org/tool', true],
    ['my-org/**', 'my-organisation/tool', false],
    ['acme/tool', 'acme/tool/sub@v1', true],
    ['acme/tool', 'acme/tools', false],
    ['acme/*/sub', 'acme/tool/sub', true],
    ['acme/*/sub', 'acme/tool', false],
    ['acme/tool/.github/workflows/*.yml', 'acme/tool/.github/workflows/a.yml@v1', true],
    ['*/checkout', 'actions/checkout', true],
    ['{acme,beta}/*', 'beta/kit', true],
    ['acme/**@main', 'acme/tool@main', true],
    ['acme/**@main', 'Acme/tool/sub@main', true],
    ['acme/**@main', 'acme/tool@Main', false],
    ['acme/**@main', 'acme/tool@main-2', false],
    ['acme/**@main', 'acme/tool', false],
    ['acme/**@{main,v*}', 'acme/tool@v2', true],
    ['acme/**@release/**', 'acme/tool@release/v1', true],
    ['acme/@(tool|kit)', 'acme/kit@v1', true],
    ['acme/@(tool|kit)@v1', 'acme/kit@v1', true],
    ['acme/@(tool|kit)@v1', 'acme/kit@v2', false],
  ])('%s: %s %s', (glob, action, expected) => {
    const found = ignoreFor(ignoring(`action: '${glob}'`), action, undefined, '2026-01-01')
    expect(found !== undefined).toBe(expected)
  })
})

describe('which findings', () => {
  const config = ignoring('action: acme/tool, findings: [unpinned]', 'action: beta/kit')
  test.each([
    ['acme/tool', 'unpinned', true],
    ['acme/tool', 'archived', false],
    // It is to be pinned all the same.
    ['acme/tool', undefined, false],
    ['beta/kit', 'archived', true],
    ['beta/kit', undefined, true],
  ])('%s %s %s', (action, code, expected) => {
    expect(ignoreFor(config, action, code, '2026-01-01') !== undefined).toBe(expected)
  })
})

test('an entry counts until the day that it expires', () => {
  const config = ignoring(
    'action: acme/tool, expires: 2027-01-31',
    'action: acme/*, findings: [archived]',
  )
  const [expiring] = config.ignore
  const found = (today: string) => ignoreFor(config, 'acme/tool', 'archived', today)?.action
  expect(found('2027-01-30')).toBe('acme/tool')
  expect(found('2027-01-31')).toBe('acme/*')
  expect(found('2030-01-01')).toBe('acme/*')
  expect(expiring && isExpired(expiring, '2027-01-31')).toBe(true)
  expect(expiring && isExpired(expiring, '2027-01-30')).toBe(false)
})

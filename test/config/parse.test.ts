import { describe, expect, test } from 'vitest'
import { noConfig, type Config } from '../../src/config/config.ts'
import type { ConfigFault } from '../../src/config/fault.ts'
import { parseConfig } from '../../src/config/parse.ts'
import { dedent } from '../support/dedent.ts'

const FILE = '.github/pinsmith.yml'

function configOf(text: string): Config {
  const config = parseConfig(FILE, text)
  if ('kind' in config) throw new Error(JSON.stringify(config.faults))
  return config
}

function faultsOf(text: string): readonly ConfigFault[] {
  const config = parseConfig(FILE, text)
  return 'kind' in config ? config.faults : []
}

/** `line:column code key`, of each fault. */
function inShort(text: string): string[] {
  return faultsOf(text).map((fault) => {
    const place = `${fault.position?.line}:${fault.position?.column}`
    return [place, fault.code, ...('key' in fault ? [fault.key] : [])].join(' ')
  })
}

test('reads every key', () => {
  const { ignore, allowsOwner, ...config } = configOf(dedent`
    version: 1
    levels: { label-vague: off, archived: warning }
    ignore:
      - action: my-org/**
        reason: " we own it "
      - action: acme/tool@v*
        reason: vetted
        expires: 2027-01-31
        findings: [unpinned, label-missing]
    owners: [actions, my-*]
    branches: deny
    images: allow
    cooldown: 2w
    comments: above
  `)
  expect(config).toEqual({
    file: FILE,
    levels: new Map([
      ['label-vague', 'off'],
      ['archived', 'warning'],
    ]),
    owners: ['actions', 'my-*'],
    branches: 'deny',
    images: 'allow',
    cooldown: 14 * 24 * 3_600_000,
    comments: 'above',
  })
  expect(ignore).toMatchObject([
    {
      action: 'my-org/**',
      codes: undefined,
      reason: 'we own it',
      expires: undefined,
      position: { line: 4, column: 5 },
    },
    {
      action: 'acme/tool@v*',
      codes: ['unpinned', 'label-missing'],
      reason: 'vetted',
      expires: '2027-01-31',
      position: { line: 6, column: 5 },
    },
  ])
  expect(['actions', 'Actions', 'my-org', 'other', 'my'].filter(allowsOwner)).toEqual([
    'actions',
    'Actions',
    'my-org',
  ])
})

test.each([[''], ['# nothing yet\n'], ['{}\n']])('says nothing: %j', (text) => {
  const config = configOf(text)
  expect({ ...config, allowsOwner: undefined }).toEqual({
    ...noConfig,
    file: FILE,
    allowsOwner: undefined,
  })
  expect(config.allowsOwner('anybody')).toBe(true)
})

test.each([
  ['12h', 12],
  ['3d', 72],
  ['0d', 0],
  ['1w', 168],
])('a cooldown of %s is %d hours', (text, hours) => {
  expect(configOf(`cooldown: ${text}`).cooldown).toBe(hours * 3_600_000)
})

test.each([['@main'], ['my-org/**@'], ['@'], ['@(my-org|other)/**@'], ['a'.repeat(1001)]])(
  'a glob that can match nothing is wrong, not a fault of pinsmith: %.20s',
  (glob) => {
    expect(inShort(`ignore: [{ action: '${glob}', reason: ours }]`)).toEqual([
      '1:20 wrong-value ignore[0].action',
    ])
  },
)

test('an owner that is longer than any', () => {
  expect(inShort(`owners: [actions, ${'a'.repeat(70_000)}]`)).toEqual([
    '1:19 wrong-value owners[1]',
  ])
})

test('an alternative may stand first', () => {
  const [ignore] = configOf("ignore: [{ action: '@(my|our)-org/**@main', reason: ours }]").ignore
  expect(ignore?.covers('our-org/tool@main')).toBe(true)
  expect(ignore?.covers('our-org/tool@v1')).toBe(false)
})

test('a configuration that is wrong in ten ways is told all of them, in order', () => {
  const text = dedent`
    version: 2
    levels: { label-vage: off, archived: loud, __proto__: note }
    ingore: []
    ignore:
      - action: '!my-org/**'
        reason: ''
        expires: 2027-02-30
        findings: [unpined]
      - reason: 5
        why: because
        when: now
      - my-org/**
    owners: actions
    images:
    cooldown: 3
    comments: [after]
    comments: above
  `
  expect(inShort(text)).toEqual([
    '1:10 wrong-value version',
    '2:11 unknown-key label-vage',
    '2:38 wrong-value levels.archived',
    '2:44 unknown-key __proto__',
    '3:1 unknown-key ingore',
    '5:13 wrong-value ignore[0].action',
    '6:13 wrong-value ignore[0].reason',
    '7:14 wrong-value ignore[0].expires',
    '8:16 wrong-value ignore[0].findings[0]',
    '9:5 missing-key action',
    '9:13 wrong-value ignore[1].reason',
    '10:5 unknown-key why',
    '11:5 unknown-key when',
    '12:5 wrong-value ignore[2]',
    '13:9 wrong-value owners',
    '14:8 wrong-value images',
    '15:11 wrong-value cooldown',
    '16:11 wrong-value comments',
    '17:1 duplicate-key comments',
  ])
})

describe('what was meant', () => {
  test.each([
    ['ingore: []', 'ignore'],
    ['Branches: deny', 'branches'],
    ['comment: above', 'comments'],
    ['levels: { nested_unpinned: off }', 'nested-unpinned'],
    ['levels: { unpinned: warn }', undefined],
    ['levels: { unpinned: warnings }', 'warning'],
    ['branches: dney', 'deny'],
    ['ignore: [{ action: a/b, reason: r, findings: [label-mising] }]', 'label-missing'],
    ['ignore: [{ action: a/b, reson: r }]', undefined],
    ['zebra: 1', undefined],
  ])('%s', (text, nearest) => {
    const [fault] = faultsOf(text)
    expect(fault && 'nearest' in fault ? fault.nearest : undefined).toBe(nearest)
  })
})

test.each([
  ['- a list', '1:1 wrong-value '],
  ['text', '1:1 wrong-value '],
  ['[]', '1:1 wrong-value '],
  ['ignore: [[a]]', '1:10 wrong-value ignore[0]'],
  ['ignore: {}', '1:9 wrong-value ignore'],
  ['levels: []', '1:9 wrong-value levels'],
  ['levels: [off]', '1:9 wrong-value levels'],
  ['owners: []', '1:9 wrong-value owners'],
  ['owners: [a b]', '1:10 wrong-value owners[0]'],
  ['cooldown: 3 days', '1:11 wrong-value cooldown'],
  ['cooldown: -3d', '1:11 wrong-value cooldown'],
  [
    'ignore: [{ action: a/b, reason: r, expires: 31.1.2027 }]',
    '1:45 wrong-value ignore[0].expires',
  ],
  ['ignore: [{ action: a/b, reason: r, findings: [] }]', '1:46 wrong-value ignore[0].findings'],
  ['a: [', '1:5 yaml'],
])('is refused once: %s', (text, fault) => {
  expect(inShort(text)).toEqual([fault])
})

import { describe, expect, test } from 'vitest'
import { parsePinact, type CarriedOver } from '../../src/config/pinact.ts'
import { dedent } from '../support/dedent.ts'

const FILE = '.pinact.yaml'

function carriedFrom(text: string): CarriedOver {
  const carried = parsePinact(FILE, text)
  if (carried.kind === 'config') throw new Error(JSON.stringify(carried.faults))
  return carried
}

/** What one ignore becomes; `undefined` where no glob says it. */
function actionOf(version: string, entry: string): string | undefined {
  const [ignore] = carriedFrom(`${version}\nignore_actions: [{ ${entry} }]\n`).ignores
  return ignore?.kind === 'glob' ? ignore.action : undefined
}

test('carries over what it can, and names the rest', () => {
  const text = dedent`
    version: 3
    files:
      - pattern: .github/workflows/*.yml
    ignore_actions:
      - name: slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml
        ref: 'v\\d+\\.\\d+\\.\\d+'
      - name: my-org/.*
        ref: main
      - name: "[a-z]+/x"
        ref: .*
    separator: " # "
    ghes: { api_url: https://ghes.example.com }
    min_age: 7
    rules: []
    surprise: true
  `
  expect(carriedFrom(text)).toEqual({
    kind: 'carried-over',
    from: FILE,
    ignores: [
      {
        kind: 'glob',
        action:
          'slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v+([0-9]).+([0-9]).+([0-9])',
      },
      { kind: 'glob', action: 'my-org/**@main' },
      { kind: 'no-glob', name: '[a-z]+/x', ref: '.*' },
    ],
    cooldown: '7d',
    left: ['files', 'separator', 'ghes', 'rules', 'surprise'],
  })
})

test('a name that is too long for a glob is carried over as a comment', () => {
  expect(actionOf('version: 3', `name: my-org/${'a'.repeat(990)}`)).toBeDefined()
  expect(actionOf('version: 3', `name: my-org/${'a'.repeat(1000)}`)).toBeUndefined()
})

test.each([[''], ['# nothing\n'], ['version: 3\n'], ['version: 3\nignore_actions: []\n']])(
  'carries over nothing from %j',
  (text) => {
    expect(carriedFrom(text)).toEqual({
      kind: 'carried-over',
      from: FILE,
      ignores: [],
      cooldown: undefined,
      left: [],
    })
  },
)

describe('names and refs', () => {
  test.each([
    ['version: 3', 'name: actions/checkout, ref: v4', 'actions/checkout@v4'],
    ['version: 3', 'name: actions/.*, ref: .*', 'actions/**'],
    ['version: 3', 'name: actions/.*, ref: ^.+$', 'actions/**'],
    ['version: 3', 'name: actions/.*, ref: main|master', 'actions/**@{main,master}'],
    ['version: 3', "name: actions/.*, ref: 'v[1-3]'", undefined],
    // Before version 3, a ref could be left out.
    ['', 'name: actions/setup-java', 'actions/setup-java'],
    ['version: 2', 'name: ^actions/checkout$', 'actions/checkout'],
    // In version 2 a part of the name was enough.
    ['version: 2', 'name: ^actions/', 'actions/**'],
    ['version: 2', 'name: actions/.*', 'actions/**'],
    ['version: 2', 'name: actions/setup', 'actions/setup*'],
  ])('%s %s', (version, entry, expected) => {
    expect(actionOf(version, entry)).toBe(expected)
  })
})

test.each([
  ['- a\n', '1:1 wrong-value'],
  ['ignore_actions: actions/.*\n', '1:17 wrong-value'],
  ['ignore_actions:\n  - ref: main\n  - name: 5\n', '2:5 missing-key, 3:11 wrong-value'],
  ['ignore_actions: [x]\n', '1:18 wrong-value'],
  ['min_age: soon\n', '1:10 wrong-value'],
  ['min_age: 1.5\n', '1:10 wrong-value'],
  ['version: [\n', '2:1 yaml'],
  ['min_age: 1\nmin_age: 2\n', '2:1 duplicate-key'],
])('is refused: %j', (text, expected) => {
  const read = parsePinact(FILE, text)
  const faults = read.kind === 'config' ? read.faults : []
  expect(
    faults.map(({ position, code }) => `${position?.line}:${position?.column} ${code}`).join(', '),
  ).toBe(expected)
})
